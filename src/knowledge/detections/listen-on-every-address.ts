import { all, any, is, network } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS, SHOW_LISTENERS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, listens, SERVER, SERVER_6, story } from "./story.ts";

/** The server says of itself that everybody may come. */
export const LISTEN_ON_EVERY_ADDRESS: Detection = {
  id: "listen-on-every-address",
  uuid: "a2701c3e-c173-40c5-b11b-1a632814f344",
  title: "Ollama listens on every address or on a public one",
  hypothesis:
    "Ollama asks nobody for a login. Bound to 0.0.0.0, :: or a public address it serves whoever reaches the port. Its own start-up line `Listening on` names the address it really took, whatever the configuration says; a wildcard is one socket for IPv4 and IPv6.",
  severity: "high",
  ...STABLE_1,
  selections: {
    open: {
      class: "listen",
      where: all(
        network("address", "any", "public", "known"),
        any(is("by", "server-line"), all(is("by", "socket"), any(OLLAMA_PROGRAM, is("port", 11_434)))),
      ),
    },
  },
  correlation: { kind: "each", of: "open", by: ["observer", "address", "port"], withinSeconds: 86_400 },
  falsePositives: [
    "In a container the server must listen on 0.0.0.0; what counts is the published port: `docker ps` shows whether it says 127.0.0.1.",
    "A firewall or security group in front may let nobody in.",
  ],
  blindTo: [
    "A tunnel, a port forwarding or a proxy that leads strangers to a server on loopback.",
    "A server whose start-up line is no longer in the log that was read.",
  ],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq, REFERENCES.exposed],
  whatNow: {
    confirm: [
      SHOW_LISTENERS,
      "Show the line again: `journalctl -u ollama | grep 'Listening on' | tail -3`.",
      SHOW_PEERS,
    ],
    contain: [BIND_LOOPBACK],
    recover: [PUT_GATEWAY, SHOW_ACCESS],
  },
  fires: [
    story("every IPv4 address, which is every IPv6 address too", () => [listens(0, "0.0.0.0")]),
    story("every address, as a dual-stack socket names it", () => [listens(0, "::")]),
    story("a public IPv4 address", () => [listens(0, SERVER)]),
    story("a public IPv6 address on another port", () => [listens(0, SERVER_6, { port: 8080 })]),
    story("loopback first, every address after a restart", () => [listens(0, "127.0.0.1"), listens(90, "::")]),
    story("a list of sockets, the program known", () => [
      listens(0, "0.0.0.0", { by: "socket", product: "ss", executable: "/usr/local/bin/ollama", port: 8000 }),
    ]),
    story("a list of sockets, the port alone known", () => [listens(0, "::", { by: "socket", product: "ss" })]),
    story("a public address that the user knows as their own", () => [listens(0, "192.0.2.70")]),
    story("a log that does not name its machine", () => [listens(0, "0.0.0.0", { observer: null })]),
  ],
  silent: [
    story("loopback", () => [listens(0, "127.0.0.1")]),
    story("IPv6 loopback", () => [listens(0, "::1")]),
    story("another address of loopback", () => [listens(0, "127.0.0.2")]),
    story("loopback written as IPv6", () => [listens(0, "::ffff:127.0.0.1")]),
    story("loopback on another port", () => [listens(0, "127.0.0.1", { port: 11_500 })]),
    story("an address of the local network, which has its own detection", () => [listens(0, COLLEAGUE)]),
    story("a unique local IPv6 address", () => [listens(0, "fd12:3456:789a::1")]),
    story("a link-local IPv6 address", () => [listens(0, "fe80::1")]),
    story("another program on another port of every address", () => [
      listens(0, "0.0.0.0", { by: "socket", product: "ss", executable: "/usr/sbin/nginx", port: 443 }),
    ]),
    story("another program whose name ends alike", () => [
      listens(0, "0.0.0.0", { by: "socket", product: "ss", executable: "/opt/notollama", port: 443 }),
    ]),
    story("a bind call, which has its own detection", () => [
      listens(0, "0.0.0.0", { by: "bind", product: "auditd", executable: "/usr/local/bin/ollama" }),
    ]),
    story("several restarts on loopback", () => [
      listens(0, "127.0.0.1"),
      listens(60, "127.0.0.1"),
      listens(120, "::1"),
    ]),
  ],
};
