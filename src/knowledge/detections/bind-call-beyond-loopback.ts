import { above, all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS, SHOW_LISTENERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, listens, SERVER, SERVER_6, story } from "./story.ts";

const BIND = {
  by: "bind",
  product: "auditd",
  executable: "/usr/local/bin/ollama",
  user: "ollama",
  version: null,
} as const;

/** The kernel saw the bind, whatever the server wrote. */
export const BIND_CALL_BEYOND_LOOPBACK: Detection = {
  id: "bind-call-beyond-loopback",
  uuid: "8afd3722-e685-44da-9f7d-4ebcf7b47215",
  title: "Ollama's process bound a socket beyond loopback",
  hypothesis:
    "The system call `bind` of Ollama's process names the address that the socket really takes; it is there even when the server's log was lost, cut or sent elsewhere.",
  severity: "high",
  ...STABLE_1,
  selections: {
    bind: {
      class: "listen",
      where: all(is("by", "bind"), OLLAMA_PROGRAM, not(network("address", "loopback")), above("port", 0)),
    },
  },
  correlation: { kind: "each", of: "bind", by: ["observer", "address", "port"], withinSeconds: 86_400 },
  falsePositives: [
    "In a container the server must bind 0.0.0.0; what counts is the published port.",
    "Releases that bind a socket for outgoing traffic.",
  ],
  blindTo: [
    "Machines without a rule for bind: `auditctl -a always,exit -F arch=b64 -S bind -F exe=/usr/local/bin/ollama -k corral-bind`.",
    "A copy of the program under another name.",
  ],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: ["Show the records again: `sudo ausearch -k corral-bind -i --start today`.", SHOW_LISTENERS],
    contain: [BIND_LOOPBACK],
    recover: [PUT_GATEWAY, SHOW_ACCESS],
  },
  fires: [
    story("every IPv4 address", () => [listens(0, "0.0.0.0", BIND)]),
    story("every address", () => [listens(0, "::", BIND)]),
    story("a public address, another port", () => [listens(0, SERVER, { ...BIND, port: 8000 })]),
    story("an address of the local network", () => [listens(0, COLLEAGUE, BIND)]),
    story("a public IPv6 address", () => [listens(0, SERVER_6, BIND)]),
    story("a program in another folder, started by another account", () => [
      listens(0, "::", { ...BIND, executable: "/home/alice/bin/ollama", user: "alice" }),
    ]),
  ],
  silent: [
    story("loopback", () => [listens(0, "127.0.0.1", BIND)]),
    story("IPv6 loopback", () => [listens(0, "::1", BIND)]),
    story("loopback written as IPv6", () => [listens(0, "::ffff:127.0.0.1", BIND)]),
    story("another loopback address", () => [listens(0, "127.1.2.3", { ...BIND, port: 8000 })]),
    story("a free port of any address, as programs take it that only ask", () => [
      listens(0, "0.0.0.0", { ...BIND, port: 0 }),
    ]),
    story("a free port of any IPv6 address", () => [listens(0, "::", { ...BIND, port: 0 })]),
    story("a web server", () => [listens(0, "0.0.0.0", { ...BIND, executable: "/usr/sbin/nginx", port: 443 })]),
    story("a gateway on the same port", () => [listens(0, "0.0.0.0", { ...BIND, executable: "/usr/bin/node" })]),
    story("docker-proxy, which has its own owner", () => [
      listens(0, "0.0.0.0", { ...BIND, executable: "/usr/bin/docker-proxy", user: "root" }),
    ]),
    story("a program whose name ends alike", () => [listens(0, "0.0.0.0", { ...BIND, executable: "/opt/notollama" })]),
    story("the runner on loopback", () => [
      listens(0, "127.0.0.1", { ...BIND, executable: "/usr/local/lib/ollama/llama-server", port: 40_111 }),
    ]),
    story("the server's own line, which has its own detection", () => [
      listens(0, "0.0.0.0", { executable: "/usr/local/bin/ollama" }),
    ]),
  ],
};
