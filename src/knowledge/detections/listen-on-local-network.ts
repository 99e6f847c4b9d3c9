import { all, any, is, network } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_LISTENERS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { listens, SERVER, SERVER_6, story } from "./story.ts";

/** The server lets everybody of its network in. */
export const LISTEN_ON_LOCAL_NETWORK: Detection = {
  id: "listen-on-local-network",
  uuid: "dd8e2147-b241-4028-b943-f6c1cd715586",
  title: "Ollama listens on an address of the local network",
  hypothesis:
    "Bound to a private address the server serves every machine of that network without a login: a guest, a printer that was taken over, a neighbour in a shared cloud network. Its own start-up line names the address.",
  severity: "medium",
  ...STABLE_1,
  selections: {
    open: {
      class: "listen",
      where: all(
        network("address", "private", "link-local"),

        any(is("by", "server-line"), all(is("by", "socket"), any(OLLAMA_PROGRAM, is("port", 11_434)))),
      ),
    },
  },
  correlation: { kind: "each", of: "open", by: ["observer", "address", "port"], withinSeconds: 86_400 },
  falsePositives: [
    "A server that is meant for its network, with a firewall that names who may come.",
    "The address of a VPN, whose members all have a login.",
  ],
  blindTo: [
    "A port forwarding on the router, which makes the private address a public one.",
    "Who really came: see the detections of connections and requests.",
  ],
  ids: { attack: ["T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: { confirm: [SHOW_LISTENERS, SHOW_PEERS], contain: [BIND_LOOPBACK], recover: [PUT_GATEWAY] },
  fires: [
    story("a list of sockets, the program known, another port", () => [
      listens(0, "10.20.30.40", { by: "socket", product: "ss", executable: "/usr/local/bin/ollama", port: 8080 }),
    ]),
    story("an address of a home network", () => [listens(0, "192.168.1.5")]),
    story("an address of a company's network on another port", () => [listens(0, "10.20.30.40", { port: 8080 })]),
    story("a carrier's shared address", () => [listens(0, "100.64.1.2")]),
    story("a unique local IPv6 address", () => [listens(0, "fd12:3456:789a::1")]),
    story("a link-local IPv6 address", () => [listens(0, "fe80::1")]),
    story("a list of sockets", () => [listens(0, "172.16.0.9", { by: "socket", product: "ss" })]),
  ],
  silent: [
    story("loopback", () => [listens(0, "127.0.0.1")]),
    story("IPv6 loopback", () => [listens(0, "::1")]),
    story("loopback written as IPv6", () => [listens(0, "::ffff:127.0.0.1")]),
    story("loopback after a restart", () => [listens(0, "127.0.0.1"), listens(60, "127.0.0.1")]),
    story("every address, which has its own detection", () => [listens(0, "0.0.0.0")]),
    story("every address by its IPv6 name", () => [listens(0, "::")]),
    story("a public address, which has its own detection", () => [listens(0, SERVER)]),
    story("a public IPv6 address", () => [listens(0, SERVER_6)]),
    story("the next address above a private range", () => [listens(0, "172.32.0.1")]),
    story("the next address below the shared range", () => [listens(0, "100.63.255.255")]),
    story("another program on another port", () => [
      listens(0, "192.168.1.5", { by: "socket", product: "ss", executable: "/usr/sbin/sshd", port: 22 }),
    ]),
    story("a bind call, which has its own detection", () => [
      listens(0, "192.168.1.5", { by: "bind", product: "auditd", executable: "/usr/local/bin/ollama" }),
    ]),
  ],
};
