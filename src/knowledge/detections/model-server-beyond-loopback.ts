import { above, all, below, ends, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FRAMEWORK_PROGRAMS } from "../llm-frameworks.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { PUT_GATEWAY } from "./measures.ts";
import { COLLEAGUE, listens, SERVER, story } from "./story.ts";

/** Ollama is not the only one without a login. */
export const MODEL_SERVER_BEYOND_LOOPBACK: Detection = {
  id: "model-server-beyond-loopback",
  uuid: "4c2c8e1e-57cf-4afb-bffe-67d16613b37a",
  title: "Another model server listens beyond loopback",
  hypothesis:
    "LM Studio, vLLM, KoboldCpp and their like start without a login too. One that listens beyond loopback serves its network, or everybody.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    listen: {
      class: "listen",
      where: all(
        ends("executable", ...FRAMEWORK_PROGRAMS.filter((name) => !/ollama|llama-server/u.test(name))),
        not(network("address", "loopback")),
        above("port", 0),
        below("port", 49_152),
      ),
    },
  },
  correlation: { kind: "each", of: "listen", by: ["observer", "executable", "port"], withinSeconds: 86_400 },
  falsePositives: ["A server that is meant for its network, with a key or a firewall."],
  blindTo: ["Servers that an interpreter runs, whose program is Python.", "Ports from 49152 up."],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show it: `ss -Hltnp 'sport = :PORT'`.",
      "Ask it without a key, on the machine itself: `curl -s http://127.0.0.1:PORT/v1/models`.",
    ],
    contain: ["Bind it to loopback: its option `--host 127.0.0.1` or the switch in its settings."],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("LM Studio", () => [
      listens(0, "0.0.0.0", {
        by: "filter",
        product: "windows",
        version: null,
        port: 1234,
        executable: String.raw`\device\harddiskvolume3\programs\lm studio\lm studio.exe`,
      }),
    ]),
    story("KoboldCpp", () => [
      listens(0, "::", { by: "socket", product: "ss", version: null, port: 5001, executable: "/opt/koboldcpp" }),
    ]),
    story("LocalAI", () => [
      listens(0, SERVER, {
        by: "bind",
        product: "auditd",
        version: null,
        port: 8080,
        executable: "/usr/local/bin/local-ai",
      }),
    ]),
    story("vLLM in the local network", () => [
      listens(0, COLLEAGUE, {
        by: "bind",
        product: "auditd",
        version: null,
        port: 8000,
        executable: "/opt/venv/bin/vllm",
      }),
    ]),
    story("a llamafile", () => [
      listens(0, "0.0.0.0", {
        by: "bind",
        product: "auditd",
        version: null,
        port: 8080,
        executable: "/home/alice/example.llamafile",
      }),
    ]),
  ],
  silent: [
    story("LM Studio on loopback", () => [
      listens(0, "127.0.0.1", {
        by: "filter",
        product: "windows",
        version: null,
        port: 1234,
        executable: String.raw`\device\harddiskvolume3\programs\lm studio\lm studio.exe`,
      }),
    ]),
    story("KoboldCpp on IPv6 loopback", () => [
      listens(0, "::1", { by: "socket", product: "ss", version: null, port: 5001, executable: "/opt/koboldcpp" }),
    ]),
    story("Ollama, which has its own detections", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", executable: "/usr/local/bin/ollama" }),
    ]),
    story("Ollama on Windows", () => [
      listens(0, "0.0.0.0", {
        by: "filter",
        product: "windows",
        executable: String.raw`\device\harddiskvolume3\ollama\ollama.exe`,
      }),
    ]),
    story("a runner, which has its own detection", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 8080, executable: "/opt/llama-server" }),
    ]),
    story("a web server", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 80, executable: "/usr/sbin/nginx" }),
    ]),
    story("Python", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 8000, executable: "/usr/bin/python3" }),
    ]),
    story("the port of an outgoing connection", () => [
      listens(0, "0.0.0.0", {
        by: "filter",
        product: "windows",
        port: 51_000,
        executable: String.raw`\device\harddiskvolume3\programs\lm studio\lm studio.exe`,
      }),
    ]),
    story("no port yet", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 0, executable: "/opt/koboldcpp" }),
    ]),
    story("a program whose name ends alike", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 8000, executable: "/opt/notvllm" }),
    ]),
    story("a program whose name begins alike", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", port: 8000, executable: "/opt/vllm-exporter" }),
    ]),
  ],
};
