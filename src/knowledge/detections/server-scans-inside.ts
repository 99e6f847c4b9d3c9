import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_SERVICE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { DENY_OUTGOING, SHOW_OUTGOING, STOP_SERVER, UPGRADE } from "./measures.ts";
import { many, outbound, story } from "./story.ts";

/** Through one door all rooms are tried. */
export const SERVER_SCANS_INSIDE: Detection = {
  id: "server-scans-inside",
  uuid: "ffa3a407-1bd5-401e-b1dd-b36f3d1caf88",
  title: "The model server tried many addresses of the network",
  hypothesis:
    "Who can order a server to fetch from any address can look for others with it. Ten different private addresses within ten minutes from Ollama's program are a search of the network.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    try: {
      class: "network",
      where: all(
        is("direction", "outbound"),
        BY_SERVICE,
        network("destinationIp", "private"),
        not(is("destinationPort", 53, 853)),
      ),
    },
  },
  correlation: {
    kind: "distinct",
    of: "try",
    field: "destinationIp",
    by: ["observer"],
    atLeast: 10,
    withinSeconds: 600,
  },
  falsePositives: ["A balancer of one's own that runs under the same account."],
  blindTo: [
    "A search that takes longer, or looks at many ports of one address.",
    "Sources that do not tell the program.",
  ],
  ids: { attack: ["T1046", "T1090"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM06:2025"] },
  references: [],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Show who asked for it: `journalctl -u ollama --since TIME --until TIME | grep -E 'GIN.*(pull|create|push)'`.",
    ],
    contain: [STOP_SERVER, DENY_OUTGOING],
    recover: ["Look into the logs of the machines that were tried.", UPGRADE],
  },
  fires: [
    story("ten by a runner under a person's account", () => [
      many(10, 6, (second, index) =>
        outbound(second, `10.0.0.${index + 1}`, 80, { executable: "/home/alice/llama-server", user: "alice" }),
      ),
    ]),
    story("ten in almost ten minutes, by Windows' program", () => [
      many(10, 62, (second, index) =>
        outbound(second, `10.0.0.${index + 1}`, 80, { executable: String.raw`C:\Ollama\ollama.exe`, user: "alice" }),
      ),
    ]),
    story("ten in a minute", () => [
      many(10, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 80, { established: false })),
    ]),
    story("ten stopped by a filter", () => [
      many(10, 6, (second, index) =>
        outbound(second, `192.168.1.${index + 1}`, 443, { action: "blocked", established: null }),
      ),
    ]),
    story("ten by a tool under the service's account", () => [
      many(10, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 22, { executable: "/tmp/scan" })),
    ]),
    story("ten over IPv6", () => [many(10, 6, (second, index) => outbound(second, `fd00::${index + 1}`, 80))]),
    story("ten, each on two ports", () => [
      many(20, 6, (second, index) =>
        outbound(second, `10.0.0.${Math.floor(index / 2) + 1}`, index % 2 === 0 ? 80 : 443),
      ),
    ]),
  ],
  silent: [
    story("nine", () => [many(9, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 80))]),
    story("one address a hundred times", () => [many(100, 6, (second) => outbound(second, "10.0.0.1", 443))]),
    story("ten over more than ten minutes", () => [
      many(10, 70, (second, index) => outbound(second, `10.0.0.${index + 1}`, 80)),
    ]),
    story("ten registries' addresses outside", () => [
      many(10, 6, (second, index) => outbound(second, `203.0.113.${index + 1}`, 443)),
    ]),
    story("ten resolvers", () => [
      many(10, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 53, { transport: "udp" })),
    ]),
    story("runners on loopback", () => [
      many(20, 6, (second, index) => outbound(second, `127.0.0.${index + 1}`, 40_111)),
    ]),
    story("ten clients that come in", () => [
      many(10, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 50_000, { direction: "inbound" })),
    ]),
    story("another program", () => [
      many(20, 6, (second, index) =>
        outbound(second, `10.0.0.${index + 1}`, 9100, { executable: "/usr/bin/prometheus", user: "prometheus" }),
      ),
    ]),
    story("five from each of two machines", () => [
      many(10, 6, (second, index) =>
        outbound(second, `10.0.0.${index + 1}`, 80, { observer: `gpu-${(index % 2) + 1}` }),
      ),
    ]),
    story("no program told", () => [
      many(20, 6, (second, index) => outbound(second, `10.0.0.${index + 1}`, 80, { executable: null, user: null })),
    ]),
  ],
};
