import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import {
  COLLEAGUE,
  inbound,
  many,
  noConnections,
  notStrangers,
  SERVER_6,
  story,
  STRANGER,
  STRANGER_6,
} from "./story.ts";

/** The same, where only connections are recorded. */
export const LARGE_ANSWERS_OVER_CONNECTIONS: Detection = {
  id: "large-answers-over-connections",
  uuid: "00f0b8dc-07c0-4aee-983d-97dd32556d3d",
  title: "Much was sent from the model server to a stranger",
  hypothesis:
    "Flow records count bytes where the server counts none. More than 20 MB from the model server's port to one stranger within an hour is several streams of text without pause.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { flow: { class: "network", where: CONNECTED_BY_STRANGER } },
  correlation: {
    kind: "sum",
    of: "flow",
    field: "destinationBytes",
    by: ["sourceIp"],
    atLeast: 20_000_000,
    withinSeconds: 3_600,
  },
  falsePositives: [
    "A client of one's own from an address that nobody named.",
    "A flow that was picked up in its middle, whose two ends were taken for each other.",
  ],
  blindTo: [
    "A long connection is counted when it began, though its bytes came later.",
    "Flows that end at a proxy or tunnel, sampled flows, and records of one direction alone.",
  ],
  ids: {
    attack: ["T1048", "T1496"],
    attackBefore: [],
    atlas: ["AML.T0024.002", "AML.T0025", "AML.T0040"],
    owaspLlm: ["LLM02:2025", "LLM10:2025"],
  },
  references: [REFERENCES.exposed],
  whatNow: { confirm: [SHOW_PEERS, SHOW_ACCESS], contain: [DROP_PEER, BIND_LOOPBACK], recover: [PUT_GATEWAY] },
  fires: [
    story("ten connections of 2 MB", () => [
      many(10, 120, (second) => inbound(second, STRANGER, { destinationBytes: 2_000_000 })),
    ]),
    story("one connection of 30 MB", () => [
      inbound(0, STRANGER, { destinationBytes: 30_000_000, durationMs: 3_000_000 }),
    ]),
    story("IPv6", () => [
      many(10, 120, (second) => inbound(second, STRANGER_6, { destinationBytes: 2_000_000, destinationIp: SERVER_6 })),
    ]),
    story("a cloud's flow log", () => [
      many(5, 600, (second) =>
        inbound(second, STRANGER, {
          destinationBytes: 4_500_000,
          product: "aws-vpc-flow",
          direction: null,
          established: null,
          action: "allowed",
        }),
      ),
    ]),
    story("between connections of others", () => [
      many(20, 120, (second, index) =>
        inbound(second, index % 2 === 0 ? STRANGER : COLLEAGUE, { destinationBytes: 2_000_000 }),
      ),
    ]),
  ],
  silent: [
    ...noConnections((more) => [
      many(10, 120, (second) => inbound(second, STRANGER, { destinationBytes: 2_000_000, ...more })),
    ]),
    ...notStrangers((address) => [
      many(10, 120, (second) => inbound(second, address, { destinationBytes: 2_000_000 })),
    ]),
    story("a byte below the threshold", () => [inbound(0, STRANGER, { destinationBytes: 19_999_999 })]),
    story("the same over more than an hour", () => [
      many(10, 450, (second) => inbound(second, STRANGER, { destinationBytes: 2_000_000 })),
    ]),
    story("ten strangers with one connection each", () => [
      many(10, 120, (second, index) => inbound(second, `203.0.113.${index + 1}`, { destinationBytes: 2_000_000 })),
    ]),
    story("much sent to the server, little back", () => [
      many(10, 120, (second) => inbound(second, STRANGER, { sourceBytes: 9_000_000, destinationBytes: 900 })),
    ]),
    story("no bytes told", () => [many(10, 120, (second) => inbound(second, STRANGER))]),
  ],
};
