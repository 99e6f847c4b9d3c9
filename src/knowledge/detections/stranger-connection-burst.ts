import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { inbound, many, notStrangers, OTHER_STRANGER, SERVER_6, story, STRANGER, STRANGER_6 } from "./story.ts";

/** One stranger comes again and again. */
export const STRANGER_CONNECTION_BURST: Detection = {
  id: "stranger-connection-burst",
  uuid: "929a2870-8caf-4bb1-ba16-f977fcfd5721",
  title: "A stranger connected to the model server again and again",
  hypothesis:
    "A scanner looks once or twice and goes; who uses somebody's server, or shares it with others, comes again and again. Flow records show it whatever the server logs, and their address is the connection's own.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: { connection: { class: "network", where: CONNECTED_BY_STRANGER } },
  correlation: { kind: "count", of: "connection", by: ["sourceIp"], atLeast: 30, withinSeconds: 600 },
  falsePositives: [
    "A client of one's own behind an address that nobody named: name its prefix as known.",
    "A monitor that asks every few seconds.",
    "Filters that write a row for each packet count packets, not connections.",
  ],
  blindTo: [
    "Clients that keep one connection open for all their requests: see `long-answers-all-day` and `large-answers-over-connections`.",
    "Peers behind a proxy, a tunnel or docker-proxy, where the flow ends at the machine itself.",
    "Flow records that were sampled.",
  ],
  ids: { attack: ["T1133", "T1496"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [SHOW_PEERS, SHOW_ACCESS, "Ask who it is: `whois ADDRESS`."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("thirty in five minutes", () => [many(30, 10, (second) => inbound(second, STRANGER))]),
    story("thirty over IPv6", () => [
      many(30, 10, (second) => inbound(second, STRANGER_6, { destinationIp: SERVER_6 })),
    ]),
    story("two hundred in ten minutes", () => [many(200, 3, (second) => inbound(second, STRANGER))]),
    story("a cloud's flow log, which knows no direction", () => [
      many(30, 15, (second) =>
        inbound(second, STRANGER, { product: "aws-vpc-flow", direction: null, action: "allowed", established: null }),
      ),
    ]),
    story("thirty between calls of others", () => [
      many(60, 9, (second, index) => inbound(second, index % 2 === 0 ? STRANGER : OTHER_STRANGER)),
    ]),
    story("an IPv4 address written as IPv6", () => [many(30, 10, (second) => inbound(second, `::ffff:${STRANGER}`))]),
  ],
  silent: [
    ...notStrangers((address) => [many(30, 10, (second) => inbound(second, address))]),
    story("one below the threshold", () => [many(29, 10, (second) => inbound(second, STRANGER))]),
    story("thirty, but over more than the window", () => [many(30, 21, (second) => inbound(second, STRANGER))]),
    story("thirty strangers with one connection each", () => [
      many(30, 10, (second, index) => inbound(second, `203.0.113.${index + 1}`)),
    ]),
    story("a port on which no model server listens", () => [
      many(30, 10, (second) => inbound(second, STRANGER, { destinationPort: 443 })),
    ]),
    story("a filter stopped them", () => [
      many(30, 10, (second) => inbound(second, STRANGER, { action: "blocked", established: null })),
    ]),
    story("a scan: nobody answered", () => [
      many(30, 10, (second) => inbound(second, STRANGER, { established: false })),
    ]),
    story("the machine itself asks a stranger's server", () => [
      many(30, 10, (second) => inbound(second, "198.51.100.10", { destinationIp: STRANGER, direction: "outbound" })),
    ]),
    story("the server's port as the asker's own", () => [
      many(30, 10, (second) => inbound(second, STRANGER, { sourcePort: 11_434, destinationPort: 52_000 })),
    ]),
  ],
};
