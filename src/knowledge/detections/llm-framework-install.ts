import { all, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FRAMEWORK_INSTALLS } from "../llm-frameworks.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { run, story } from "./story.ts";

/** The moment before the inventory changes. */
export const LLM_FRAMEWORK_INSTALL: Detection = {
  id: "llm-framework-install",
  uuid: "5c4eaa7d-4541-414a-b66c-b7f1617fdebc",
  title: "Somebody installed a program that runs language models",
  hypothesis:
    "Installers have command lines of their own: a script through a pipe, a package, an image. The row names who and when.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    install: {
      class: "process",
      where: all(
        contains("commandLine", ...FRAMEWORK_INSTALLS),
        not(ends("executable", "/grep", "/rg", "/vim", "/nano", "/cat", "/less")),
      ),
    },
  },
  correlation: { kind: "each", of: "install", by: ["observer", "user"], withinSeconds: 3_600 },
  falsePositives: ["Machines on which models are meant to run, and automatic updates."],
  blindTo: ["Programs that were copied, and installers that somebody opened in a window."],
  ids: { attack: ["T1105", "T1195"], attackBefore: [], atlas: ["AML.T0010.001"], owaspLlm: ["LLM03:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Ask the account that the row names, and show what came: `rpm -qa --last | head`, `grep ' install ' /var/log/dpkg.log | tail`, `brew list --versions`.",
    ],
    contain: ["Bind it to loopback until somebody owns it."],
    recover: ["Take it away, or take it into the inventory with an owner."],
  },
  fires: [
    story("the script through a pipe", () => [run(0, "/usr/bin/curl", "curl -fsSL https://ollama.com/install.sh")]),
    story("a Python package", () => [run(0, "/usr/bin/python3", "python3 -m pip install vllm")]),
    story("Homebrew", () => [run(0, "/opt/homebrew/bin/brew", "brew install ollama")]),
    story("Windows", () => [
      run(
        0,
        String.raw`C:\Users\alice\AppData\Local\Microsoft\WindowsApps\winget.exe`,
        "winget install ElementLabs.LMStudio",
        { product: "sysmon" },
      ),
    ]),
    story("the installer's file", () => [
      run(0, String.raw`C:\Users\alice\Downloads\OllamaSetup.exe`, "OllamaSetup.exe /SILENT", { product: "sysmon" }),
    ]),
    story("a repository", () => [
      run(0, "/usr/bin/git", "git clone https://github.com/oobabooga/text-generation-webui"),
    ]),
  ],
  silent: [
    story("another Python package", () => [run(0, "/usr/bin/python3", "python3 -m pip install requests")]),
    story("the library that only asks", () => [run(0, "/usr/bin/pip", "pip install ollama-client-x")]),
    story("Homebrew, another formula", () => [run(0, "/opt/homebrew/bin/brew", "brew install jq")]),
    story("Homebrew takes it away", () => [run(0, "/opt/homebrew/bin/brew", "brew uninstall ollama")]),
    story("the program runs", () => [run(0, "/usr/local/bin/ollama", "ollama serve")]),
    story("a model is fetched", () => [run(0, "/usr/local/bin/ollama", "ollama pull example-chat")]),
    story("curl at the server", () => [run(0, "/usr/bin/curl", "curl http://127.0.0.1:11434/api/version")]),
    story("curl at the maker's page", () => [run(0, "/usr/bin/curl", "curl -s https://ollama.com/library")]),
    story("somebody reads the script", () => [run(0, "/usr/bin/less", "less ollama.com/install.sh")]),
    story("somebody searches for it", () => [run(0, "/usr/bin/grep", "grep -r ollama.com/install.sh /root")]),
    story("winget, another package", () => [
      run(0, String.raw`C:\Windows\winget.exe`, "winget install Git.Git", { product: "sysmon" }),
    ]),
  ],
};
