import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_LISTENERS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, inbound, many, notStrangers, SERVER_6, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The door stands open: somebody from outside got an answer. */
export const STRANGER_CONNECTED: Detection = {
  id: "stranger-connected",
  uuid: "9637ea54-d5a2-4f01-ae55-0930a375a23b",
  title: "A stranger reached the model server's port",
  hypothesis:
    "One connection from a public address that was answered proves what a list of sockets cannot: the server is reached from outside, through whatever forwarding, bridge or firewall lies between.",
  severity: "medium",
  ...STABLE_1,
  selections: { connection: { class: "network", where: CONNECTED_BY_STRANGER } },
  correlation: { kind: "each", of: "connection", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: [
    "A client of one's own behind an address that nobody named: name its prefix as known.",
    "A gateway with a login that listens on the same port.",
    "A filter's row `allowed` tells that the packet passed, not that anybody listened.",
  ],
  blindTo: [
    "Strangers who come through a proxy, a tunnel or docker-proxy, where the flow ends at the machine itself.",
    "A server on a port that nobody named: give it with `--port`.",
  ],
  ids: { attack: ["T1190", "T1133"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed, REFERENCES.noKey],
  whatNow: {
    confirm: [
      SHOW_PEERS,
      SHOW_LISTENERS,
      "Ask from outside of your network: `curl -m 5 http://ADDRESS:11434/api/version`; an answer means it is open.",
    ],
    contain: [BIND_LOOPBACK, DROP_PEER],
    recover: [SHOW_ACCESS, PUT_GATEWAY],
  },
  fires: [
    story("one connection", () => [inbound(0, STRANGER)]),
    story("one over IPv6", () => [inbound(0, STRANGER_6, { destinationIp: SERVER_6 })]),
    story("a cloud's flow log", () => [
      inbound(0, STRANGER, { product: "aws-vpc-flow", direction: null, action: "allowed", established: null }),
    ]),
    story("a firewall's row of a packet that passed to a container", () => [
      inbound(0, STRANGER, { product: "netfilter", action: "allowed", established: null, destinationIp: "172.17.0.2" }),
    ]),
    story("an IPv4 address written as IPv6", () => [inbound(0, `::ffff:${STRANGER}`)]),
    story("one among many of the network's own", () => [
      many(5, 1, (second) => inbound(second, COLLEAGUE)),
      inbound(9, STRANGER),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [inbound(0, address)]),
    story("a scan that nobody answered", () => [inbound(0, STRANGER, { established: false })]),
    story("a filter stopped it", () => [inbound(0, STRANGER, { action: "blocked", established: null })]),
    story("another port", () => [inbound(0, STRANGER, { destinationPort: 22 })]),
    story("the machine itself asks a server elsewhere", () => [
      inbound(0, "198.51.100.10", { destinationIp: STRANGER, direction: "outbound" }),
    ]),
    story("the way back of a connection of one's own", () => [
      inbound(0, STRANGER, { sourcePort: 11_434, destinationPort: 50_000 }),
    ]),
    story("a row that names no asker", () => [inbound(0, STRANGER, { destinationPort: null })]),
  ],
};
