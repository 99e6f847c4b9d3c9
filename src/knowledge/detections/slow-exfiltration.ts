import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { inbound, many, noConnections, notStrangers, SERVER_6, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Below every hourly line, and much by evening. */
export const SLOW_EXFILTRATION: Detection = {
  id: "slow-exfiltration",
  uuid: "049cf3e8-febc-4b5d-9a80-9564a4833615",
  title: "A stranger took a little from the server all day",
  hypothesis:
    "Who knows thresholds stays below them: some megabytes an hour, all day. Summed over a day the same stranger took more than 100 MB of text, which no trial explains.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { flow: { class: "network", where: CONNECTED_BY_STRANGER } },
  correlation: {
    kind: "sum",
    of: "flow",
    field: "destinationBytes",
    by: ["sourceIp"],
    atLeast: 100_000_000,
    withinSeconds: 86_400,
  },
  falsePositives: ["A client of one's own from an address that nobody named."],
  blindTo: ["Several addresses that share the work.", "Flows that end at a proxy or tunnel, and sampled ones."],
  ids: { attack: ["T1048", "T1496"], attackBefore: [], atlas: ["AML.T0025", "AML.T0034"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [
      SHOW_PEERS,
      "Show the bytes by hour: `corral hunt --format csv FLOW.LOG` and a sum over its rows.",
      SHOW_ACCESS,
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("5 MB an hour for twenty hours", () => [
      many(20, 3_600, (second) => inbound(second, STRANGER, { destinationBytes: 5_000_000 })),
    ]),
    story("1 MB every ten minutes", () => [
      many(110, 600, (second) => inbound(second, STRANGER, { destinationBytes: 1_000_000 })),
    ]),
    story("IPv6", () => [
      many(20, 3_600, (second) =>
        inbound(second, STRANGER_6, { destinationBytes: 5_000_000, destinationIp: SERVER_6 }),
      ),
    ]),
    story("one connection that lasts all day", () => [
      inbound(0, STRANGER, { destinationBytes: 120_000_000, durationMs: 80_000_000 }),
    ]),
    story("a cloud's flow log", () => [
      many(23, 3_600, (second) =>
        inbound(second, STRANGER, {
          destinationBytes: 4_500_000,
          product: "azure-flow",
          direction: null,
          established: null,
          action: "allowed",
        }),
      ),
    ]),
  ],
  silent: [
    story("a byte below the threshold", () => [inbound(0, STRANGER, { destinationBytes: 99_999_999 })]),
    ...noConnections((more) => [
      many(20, 3_600, (second) => inbound(second, STRANGER, { destinationBytes: 5_000_000, ...more })),
    ]),
    ...notStrangers((address) => [
      many(20, 3_600, (second) => inbound(second, address, { destinationBytes: 5_000_000 })),
    ]),
    story("less in a day", () => [
      many(20, 3_600, (second) => inbound(second, STRANGER, { destinationBytes: 4_999_999 })),
    ]),
    story("the same over more than a day", () => [
      many(20, 5_900, (second) => inbound(second, STRANGER, { destinationBytes: 5_000_000 })),
    ]),
    story("twenty strangers", () => [
      many(20, 3_600, (second, index) => inbound(second, `203.0.113.${index + 1}`, { destinationBytes: 5_000_000 })),
    ]),
    story("the web server's port", () => [
      many(20, 3_600, (second) => inbound(second, STRANGER, { destinationBytes: 9_000_000, destinationPort: 443 })),
    ]),
    story("much to the server, little back", () => [
      many(20, 3_600, (second) => inbound(second, STRANGER, { sourceBytes: 9_000_000, destinationBytes: 9_000 })),
    ]),
  ],
};
