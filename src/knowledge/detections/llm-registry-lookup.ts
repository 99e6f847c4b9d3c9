import { all, any, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FRAMEWORK_NAMES, FRAMEWORK_PROGRAMS } from "../llm-frameworks.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { COLLEAGUE, dns, story } from "./story.ts";

/** Who fetches models that is no model server? */
export const LLM_REGISTRY_LOOKUP: Detection = {
  id: "llm-registry-lookup",
  uuid: "80dc10f7-71a3-4cd2-a74f-f6cf3f17cba5",
  title: "An unexpected program looked up a registry of models",
  hypothesis:
    "Frameworks look up the registries of models, browsers their pages. Another program that does may be an application with a model inside of it, or a tool that fetches a model past the inventory.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    lookup: {
      class: "dns",
      where: all(
        any(is("question", ...FRAMEWORK_NAMES), ends("question", ...FRAMEWORK_NAMES.map((name) => `.${name}`))),

        not(
          ends(
            "executable",
            ...FRAMEWORK_PROGRAMS,
            "/firefox",
            "/chrome",
            "/chromium",
            "/brave",
            "/safari",
            "\\chrome.exe",
            "\\msedge.exe",
            "\\firefox.exe",
            "\\brave.exe",
            "\\opera.exe",
            "/systemd-resolved",
            "/dnsmasq",
            "/unbound",
            "/named",
            "/mDNSResponder",
            "\\svchost.exe",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "lookup", by: ["observer", "executable", "question"], withinSeconds: 86_400 },
  falsePositives: [
    "Notebooks and training programs in Python, which fetch from Hugging Face all day.",
    "Mail programs that look up links.",
  ],
  blindTo: ["Sources that do not tell the program, as records from the wire.", "Names looked up over encrypted DNS."],
  ids: { attack: ["T1105"], attackBefore: [], atlas: ["AML.T0010.003"], owaspLlm: ["LLM03:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show the program and its account: `ps -o pid,user,lstart,args -C NAME`, and who owns the file: `dpkg -S PATH || rpm -qf PATH`.",
    ],
    contain: ["Ask its owner before you stop it."],
    recover: ["Put it into the inventory, with the models that it keeps."],
  },
  fires: [
    story("curl", () => [dns(0, "registry.ollama.ai", { executable: "/usr/bin/curl" })]),
    story("a notebook", () => [dns(0, "huggingface.co", { executable: "/usr/bin/python3.11" })]),
    story("an application on Windows", () => [
      dns(0, "cdn-lfs.hf.co", { executable: String.raw`C:\Program Files\Notes\notes.exe` }),
    ]),
    story("a program from the temporary folder", () => [dns(0, "modelscope.cn", { executable: "/tmp/x" })]),
    story("a framework's updater under another name", () => [
      dns(0, "lmstudio.ai", { executable: String.raw`C:\Users\alice\AppData\Local\Temp\up.exe` }),
    ]),
  ],
  silent: [
    story("Ollama", () => [dns(0, "registry.ollama.ai")]),
    story("Ollama on Windows", () => [dns(0, "ollama.com", { executable: String.raw`C:\Ollama\ollama.exe` })]),
    story("LM Studio", () => [
      dns(0, "huggingface.co", { executable: String.raw`C:\Programs\LM Studio\LM Studio.exe` }),
    ]),
    story("a browser", () => [dns(0, "ollama.com", { executable: "/usr/lib/firefox/firefox" })]),
    story("a browser on Windows", () => [
      dns(0, "huggingface.co", { executable: String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe` }),
    ]),
    story("the system's own resolver", () => [
      dns(0, "huggingface.co", { executable: "/usr/lib/systemd/systemd-resolved" }),
    ]),
    story("the resolver of Windows", () => [
      dns(0, "ollama.com", { executable: String.raw`C:\Windows\System32\svchost.exe` }),
    ]),
    story("no program told", () => [dns(0, "ollama.com", { executable: null, sourceIp: COLLEAGUE, product: "zeek" })]),
    story("another name", () => [dns(0, "example.org", { executable: "/usr/bin/curl" })]),
    story("a name that ends alike", () => [dns(0, "notollama.com", { executable: "/usr/bin/curl" })]),
    story("a name that begins alike", () => [dns(0, "ollama.com.example.org", { executable: "/usr/bin/curl" })]),
  ],
};
