import { above, all } from "../../model/condition.ts";
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

/** Not a visitor: a tenant. */
export const LONG_ANSWERS_ALL_DAY: Detection = {
  id: "long-answers-all-day",
  uuid: "a12d13fc-46b0-49ab-8b52-b113055d6b36",
  title: "A stranger keeps long answers flowing at all hours",
  hypothesis:
    "Use by others runs around the clock: connections that last more than a minute, with answers above 100 kB, in eight different hours of one day from the same stranger. A person sleeps; a service that was built on somebody's machine does not.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    stream: {
      class: "network",
      where: all(CONNECTED_BY_STRANGER, above("durationMs", 60_000), above("destinationBytes", 100_000)),
    },
  },
  correlation: { kind: "distinct", of: "stream", field: "hour", by: ["sourceIp"], atLeast: 8, withinSeconds: 86_400 },
  falsePositives: [
    "A service of one's own from an address that nobody named.",
    "A colleague in another part of the world, through a VPN's exit that nobody named.",
  ],
  blindTo: [
    "Strangers whose address changes during the day.",
    "Short answers, of embeddings for one; see `stranger-request-burst`.",
    "Flow logs that cut connections into pieces of a minute.",
  ],
  ids: { attack: ["T1496", "T1133"], attackBefore: [], atlas: ["AML.T0040", "AML.T0034"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [SHOW_PEERS, SHOW_ACCESS],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY, "Read what was spent: `corral hunt --cost LOG…`."],
  },
  fires: [
    story("an answer in each of eight hours", () => [
      many(8, 3_600, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("around the clock", () => [
      many(24, 3_600, (second) => inbound(second, STRANGER, { durationMs: 600_000, destinationBytes: 3_000_000 })),
    ]),
    story("IPv6", () => [
      many(8, 3_600, (second) =>
        inbound(second, STRANGER_6, { durationMs: 90_000, destinationBytes: 300_000, destinationIp: SERVER_6 }),
      ),
    ]),
    story("every third hour", () => [
      many(8, 10_700, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("many in each hour, others between", () => [
      many(96, 600, (second, index) =>
        inbound(second, index % 2 === 0 ? STRANGER : COLLEAGUE, { durationMs: 90_000, destinationBytes: 300_000 }),
      ),
    ]),
  ],
  silent: [
    story("eight hours of more than one day", () => [
      many(8, 15_120, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    ...noConnections((more) => [
      many(12, 3_600, (second) =>
        inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000, ...more }),
      ),
    ]),
    ...notStrangers((address) => [
      many(12, 3_600, (second) => inbound(second, address, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("seven hours", () => [
      many(7, 3_600, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("a hundred in one hour", () => [
      many(100, 30, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("short connections at all hours", () => [
      many(24, 3_600, (second) => inbound(second, STRANGER, { durationMs: 900, destinationBytes: 300_000 })),
    ]),
    story("long connections with little in them", () => [
      many(24, 3_600, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 900 })),
    ]),
    story("the same hour on eight days", () => [
      many(8, 86_400, (second) => inbound(second, STRANGER, { durationMs: 90_000, destinationBytes: 300_000 })),
    ]),
    story("eight strangers in eight hours", () => [
      many(8, 3_600, (second, index) =>
        inbound(second, `203.0.113.${index + 1}`, { durationMs: 90_000, destinationBytes: 300_000 }),
      ),
    ]),
  ],
};
