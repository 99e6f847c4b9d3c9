import { above, all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { RUNNER_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES } from "./measures.ts";
import { listens, SERVER, story } from "./story.ts";

const RUNNER = {
  by: "bind",
  product: "auditd",
  executable: "/usr/local/lib/ollama/llama-server",
  port: 40_111,
  version: null,
} as const;

/** The runner has no routes of management, but it answers whoever asks. */
export const RUNNER_BEYOND_LOOPBACK: Detection = {
  id: "runner-beyond-loopback",
  uuid: "70a6fd51-da20-48fa-9864-64e9d4c678cc",
  title: "A runner of models listens beyond loopback",
  hypothesis:
    "Ollama starts its runners on 127.0.0.1 with a port of their own. A runner beyond loopback was started by somebody else, or is a llama.cpp server that answers everybody.",
  severity: "high",
  ...STABLE_1,
  selections: {
    runner: {
      class: "listen",
      where: all(is("by", "bind", "socket"), RUNNER_PROGRAM, not(network("address", "loopback")), above("port", 0)),
    },
  },
  correlation: { kind: "each", of: "runner", by: ["observer", "address", "port"], withinSeconds: 86_400 },
  falsePositives: ["A llama.cpp server that somebody set up for a network on purpose."],
  blindTo: [
    "Windows' 5154 and 5158, which cannot tell a runner's port from that of an outgoing connection.",
    "A runner under another name.",
  ],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show it and who started it: `ss -Hltnp | grep llama-server`, `ps -o pid,ppid,user,lstart,args -C llama-server`.",
    ],
    contain: [
      "Stop it: `sudo kill PID` of that runner; if Ollama started it, restart Ollama; if a person did, give it `--host 127.0.0.1`.",
    ],
    recover: [LOOK_FOR_TRACES],
  },
  fires: [
    story("every address", () => [listens(0, "0.0.0.0", RUNNER)]),
    story("every IPv6 address", () => [listens(0, "::", RUNNER)]),
    story("a public address", () => [listens(0, SERVER, RUNNER)]),
    story("an address of the network, in a list of sockets", () => [
      listens(0, "192.168.1.5", { ...RUNNER, by: "socket", product: "ss" }),
    ]),
    story("the runner of older versions", () => [
      listens(0, "0.0.0.0", { ...RUNNER, executable: "/tmp/ollama77/runners/cpu/ollama_llama_server" }),
    ]),
    story("llama.cpp by hand", () => [
      listens(0, "0.0.0.0", { ...RUNNER, executable: "/home/alice/llama.cpp/build/bin/llama-server", port: 8080 }),
    ]),
  ],
  silent: [
    story("loopback", () => [listens(0, "127.0.0.1", RUNNER)]),
    story("IPv6 loopback", () => [listens(0, "::1", RUNNER)]),
    story("loopback written as IPv6", () => [listens(0, "::ffff:127.0.0.1", RUNNER)]),
    story("loopback, in a list of sockets", () => [
      listens(0, "127.0.0.1", { ...RUNNER, by: "socket", product: "ss" }),
    ]),
    story("the older runner on loopback", () => [
      listens(0, "127.0.0.1", { ...RUNNER, executable: "/tmp/ollama77/runners/cpu/ollama_llama_server" }),
    ]),
    story("a free port of any address", () => [listens(0, "0.0.0.0", { ...RUNNER, port: 0 })]),
    story("Ollama itself, which has its own detection", () => [
      listens(0, "0.0.0.0", { ...RUNNER, executable: "/usr/local/bin/ollama", port: 11_434 }),
    ]),
    story("another server on the port", () => [listens(0, "0.0.0.0", { ...RUNNER, executable: "/usr/sbin/nginx" })]),
    story("a program whose name ends alike", () => [
      listens(0, "0.0.0.0", { ...RUNNER, executable: "/opt/my-llama-server" }),
    ]),
    story("a program whose name begins alike", () => [
      listens(0, "0.0.0.0", { ...RUNNER, executable: "/opt/llama-server-exporter" }),
    ]),
    story("Windows, whose rows are about outgoing connections too", () => [
      listens(0, "0.0.0.0", {
        ...RUNNER,
        by: "filter",
        product: "windows",
        executable: String.raw`\device\harddiskvolume3\ollama\llama-server.exe`,
        port: 50_001,
      }),
    ]),
  ],
};
