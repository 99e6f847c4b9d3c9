import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import {
  COLLEAGUE,
  DOCKER_BRIDGE,
  gin,
  http,
  inbound,
  many,
  OTHER_STRANGER,
  story,
  STRANGER,
  STRANGER_6,
} from "./story.ts";

/** A header's word against the connections'. */
export const FORGED_ADDRESS: Detection = {
  id: "forged-address",
  uuid: "72848168-6294-499a-a129-e56eeeb1e1d7",
  title: "The address in Ollama's log is none that connected",
  hypothesis:
    "Ollama believes X-Forwarded-For and X-Real-IP of anybody and logs what they say. A public address in its log that no connection of that moment has, while connections are there, was written by the asker: to hide, to pass counters, or to have somebody else blamed.",
  severity: "high",
  ...STABLE_1,
  selections: {
    claimed: { class: "http", where: all(is("sourceTrust", "claimed"), network("sourceIp", "public")) },
    seen: {
      class: "network",
      where: all(
        is("toServer", true),
        not(is("direction", "outbound")),
        not(is("action", "blocked")),
        not(is("established", false)),
      ),
    },
  },
  correlation: { kind: "disagree", claimed: "claimed", seen: "seen", withinSeconds: 5 },
  falsePositives: [
    "Several servers in one hunt, of which only some have their connections recorded.",
    "A proxy of one's own in front of the server, which names the true address in its header while flows show the proxy: then give the proxy's log too.",
    "Clocks of the two sources that differ by more than some seconds.",
    "Flow records that were sampled or lost.",
  ],
  blindTo: [
    "A header that names an address which is connected at the same moment.",
    "Times without any connection record.",
  ],
  ids: { attack: ["T1036", "T1090"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.trustedProxies],
  whatNow: {
    confirm: [
      "Show both: `journalctl -u ollama --since TIME --until TIME | grep GIN` and the flow rows of the same seconds; the flow's address is the true one.",
      "Try it on the machine itself: `curl -s -H 'X-Forwarded-For: 203.0.113.1' http://127.0.0.1:11434/api/version`, then look at the log.",
    ],
    contain: [BIND_LOOPBACK, "Act against the address that connected, never against the one in the log."],
    recover: ["In a proxy write the header anew: nginx `proxy_set_header X-Forwarded-For $remote_addr;`.", PUT_GATEWAY],
  },
  fires: [
    story("some seconds after the connection's end", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(14, "POST /api/chat", "198.51.100.99"),
    ]),
    story("the log says one address, the connection another", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "198.51.100.99"),
    ]),
    story("IPv6 connects, IPv4 is claimed", () => [
      inbound(0, STRANGER_6, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "198.51.100.99"),
    ]),
    story("a machine of the network claims a public address", () => [
      inbound(0, COLLEAGUE, { durationMs: 10_000 }),
      gin(3, "POST /api/pull", "198.51.100.99"),
    ]),
    story("two are connected, a third is claimed", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      inbound(1, OTHER_STRANGER, { durationMs: 10_000 }),
      gin(4, "GET /api/tags", "198.51.100.99"),
    ]),
    story("a new address with each request", () => [
      inbound(0, STRANGER, { durationMs: 60_000 }),
      many(10, 2, (second, index) => gin(second, "POST /api/chat", `198.51.100.${index + 100}`), 5),
    ]),
  ],
  silent: [
    story("a scan that nobody answered", () => [
      inbound(0, STRANGER, { durationMs: 10_000, established: false }),
      gin(2, "POST /api/chat", OTHER_STRANGER),
    ]),
    story("too long after the connection's end", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(16, "POST /api/chat", "198.51.100.99"),
    ]),
    story("both say the same", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", STRANGER),
    ]),
    story("both say the same, in two spellings", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", `::ffff:${STRANGER}`),
    ]),
    story("both say the same IPv6 address, in two spellings", () => [
      inbound(0, STRANGER_6, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "2001:0db8:0bad:0:0:0:0:0009"),
    ]),
    story("no connections are known at all", () => [gin(2, "POST /api/chat", STRANGER)]),
    story("connections are known, but not of that time", () => [
      inbound(0, OTHER_STRANGER, { durationMs: 1_000 }),
      gin(600, "POST /api/chat", STRANGER),
    ]),
    story("loopback in the log, which has its own detection", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("docker-proxy: the bridge's address in the log", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", DOCKER_BRIDGE),
    ]),
    story("a proxy that knows its askers", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      http(2, "POST /api/chat", OTHER_STRANGER),
    ]),
    story("connections to another port", () => [
      inbound(0, STRANGER, { durationMs: 10_000, destinationPort: 443 }),
      gin(2, "POST /api/chat", OTHER_STRANGER),
    ]),
    story("connections that a filter stopped", () => [
      inbound(0, STRANGER, { durationMs: 10_000, action: "blocked", established: null }),
      gin(2, "POST /api/chat", OTHER_STRANGER),
    ]),
    story("a connection of one's own to a server elsewhere", () => [
      inbound(0, "198.51.100.10", { durationMs: 10_000, destinationIp: "198.51.100.200", direction: "outbound" }),
      gin(2, "POST /api/chat", OTHER_STRANGER),
    ]),
    story("two are connected, and the log names both", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      inbound(1, OTHER_STRANGER, { durationMs: 10_000 }),
      gin(3, "POST /api/chat", OTHER_STRANGER),
      gin(4, "POST /api/chat", STRANGER),
    ]),
  ],
};
