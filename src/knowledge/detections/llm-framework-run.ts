import { all, any, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BELOW_OLLAMA } from "./conditions.ts";
import { FRAMEWORK_ARGUMENTS, FRAMEWORK_PROGRAMS } from "../llm-frameworks.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { child, run, story } from "./story.ts";

/** An inventory of what nobody announced. */
export const LLM_FRAMEWORK_RUN: Detection = {
  id: "llm-framework-run",
  uuid: "df870ac1-385b-4d2a-a844-d03cb345b94d",
  title: "A program that runs language models was seen for the first time",
  hypothesis:
    "Model servers come to machines without asking: one person's trial is the next exposed host. The first run of each such program on a machine is worth one line.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    run: {
      class: "process",
      where: all(
        any(ends("executable", ...FRAMEWORK_PROGRAMS), contains("commandLine", ...FRAMEWORK_ARGUMENTS)),
        not(contains("executable", "lib/ollama/", "lib\\ollama\\")),
        not(BELOW_OLLAMA),
      ),
    },
  },
  correlation: { kind: "first", of: "run", by: ["observer", "executable"] },
  falsePositives: [
    "Every machine on which models are meant to run: it is an inventory, not an accusation.",
    "Another program of the same name.",
  ],
  blindTo: ["Programs under other names, and models inside of other applications."],
  ids: { attack: ["T1496"], attackBefore: [], atlas: ["AML.T0053"], owaspLlm: ["LLM03:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show what runs and what it listens on: `ss -Hltnp | grep -iE 'ollama|llama|vllm|lms|kobold'`.",
      "Ask the account that the row names.",
    ],
    contain: ["Bind it to loopback until somebody owns it."],
    recover: ["Put it into the inventory: `corral survey --scope SCOPE` of your own network."],
  },
  fires: [
    story("Ollama", () => [run(0, "/usr/local/bin/ollama", "ollama serve")]),
    story("vLLM through Python", () => [
      run(0, "/usr/bin/python3", "python3 -m vllm.entrypoints.openai.api_server --model x"),
    ]),
    story("LM Studio", () => [
      run(0, String.raw`C:\Users\alice\AppData\Local\Programs\LM Studio\LM Studio.exe`, "LM Studio.exe", {
        product: "sysmon",
      }),
    ]),
    story("a file that is program and model in one", () => [
      run(0, "/home/alice/example.llamafile", "./example.llamafile"),
    ]),
    story("a container", () => [run(0, "/usr/bin/docker", "docker run -d --gpus all ollama/ollama")]),
    story("llama.cpp, twice", () => [
      run(0, "/opt/llama.cpp/llama-server", "llama-server -m m.gguf"),
      run(60, "/opt/llama.cpp/llama-server", "llama-server -m m.gguf"),
    ]),
  ],
  silent: [
    story("the runner as Ollama's own log tells of it", () => [
      child(0, "/usr/bin/ollama", "/usr/bin/ollama runner --port 33311", {
        parentExecutable: "ollama",
        product: "ollama",
      }),
    ]),
    story("the runner on Windows, the parent not told", () => [
      child(0, String.raw`C:\Ollama\lib\ollama\llama-server.exe`, "llama-server.exe --port 40111", {
        parentExecutable: null,
        parentCommandLine: null,
        product: "sysmon",
      }),
    ]),
    story("the runner, the parent not told", () => [
      child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111", {
        parentExecutable: null,
        parentCommandLine: null,
      }),
    ]),
    story("the runner that Ollama starts", () => [
      child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111"),
    ]),
    story("Ollama starts itself as a runner", () => [child(0, "/usr/local/bin/ollama", "ollama runner --port 40111")]),
    story("a shell that Ollama's command line starts", () => [
      run(0, "/bin/bash", "bash -c ls", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run m",
      }),
    ]),
    story("a program whose name ends alike", () => [run(0, "/opt/notollama", "notollama")]),
    story("a program whose name begins alike", () => [run(0, "/usr/bin/ollama-exporter", "ollama-exporter")]),
    story("an editor with such a file", () => [run(0, "/usr/bin/vim", "vim /etc/systemd/system/ollama.service")]),
    story("the service manager's tool", () => [run(0, "/usr/bin/systemctl", "systemctl status ollama")]),
    story("another Python module", () => [run(0, "/usr/bin/python3", "python3 -m http.server")]),
    story("another container", () => [run(0, "/usr/bin/docker", "docker run -d nginx")]),
    story("curl at the server", () => [run(0, "/usr/bin/curl", "curl http://127.0.0.1:11434/api/tags")]),
    story("a search for the program", () => [run(0, "/usr/bin/pgrep", "pgrep -f ollama")]),
  ],
};
