import { all, cidr, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { CONNECTED_BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, DOCKER_BRIDGE, gin, http, inbound, KNOWN, story, STRANGER, STRANGER_6 } from "./story.ts";

/** A local address is the best mask. */
export const LOCAL_ADDRESS_WHILE_STRANGER_CONNECTED: Detection = {
  id: "local-address-while-stranger-connected",
  uuid: "9f96d7e8-a39c-4fab-90c3-0fb2f2aca436",
  title: "Ollama's log says a local address while only a stranger is connected",
  hypothesis:
    "A header can name loopback or a private address as well; counters of strangers then see nothing. If at that moment only public addresses are connected to the server's port, the local address in the log is doubtful.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    claimed: {
      class: "http",
      where: all(
        is("sourceTrust", "claimed"),
        network("sourceIp", "loopback", "private"),
        not(cidr("sourceIp", "172.17.0.0/16")),
      ),
    },
    seen: { class: "network", where: CONNECTED_BY_STRANGER },
  },
  correlation: { kind: "disagree", claimed: "claimed", seen: "seen", withinSeconds: 2 },
  falsePositives: [
    "Several servers in one hunt, of which only some have their connections recorded.",
    "A program on the machine itself that asks at the same moment: flows do not show loopback. Look whether one does: `ss -Htnp 'dst 127.0.0.1 and dport = 11434'`.",
    "docker-proxy and bridges other than 172.17.0.0/16, whose address stands for everybody.",
  ],
  blindTo: [
    "A claim of an address of Docker's first bridge, 172.17.0.0/16.",
    "Times without any connection record of a stranger.",
  ],
  ids: { attack: ["T1036", "T1090"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.trustedProxies],
  whatNow: {
    confirm: [
      "Show both: `journalctl -u ollama --since TIME --until TIME | grep GIN`, and the flow rows of the same seconds.",
      SHOW_PEERS,
    ],
    contain: [BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("a moment after the connection's end", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(11.5, "POST /api/chat", "127.0.0.1"),
    ]),
    story("loopback in the log, a stranger connected", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("IPv6 loopback", () => [inbound(0, STRANGER_6, { durationMs: 10_000 }), gin(2, "POST /api/chat", "::1")]),
    story("a private address", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "DELETE /api/delete", "10.0.0.1"),
    ]),
    story("a private address, twice", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", COLLEAGUE),
      gin(5, "POST /api/chat", COLLEAGUE),
    ]),
    story("a unique local address", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "fd00::1"),
    ]),
  ],
  silent: [
    story("a connection of one's own to a server elsewhere", () => [
      inbound(0, STRANGER, { durationMs: 10_000, direction: "outbound" }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("too long after the connection's end", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(12.4, "POST /api/chat", "127.0.0.1"),
    ]),
    story("no stranger is connected", () => [gin(2, "POST /api/chat", "127.0.0.1")]),
    story("a colleague is connected", () => [
      inbound(0, COLLEAGUE, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", COLLEAGUE),
    ]),
    story("the stranger came at another time", () => [
      inbound(0, STRANGER, { durationMs: 1_000 }),
      gin(600, "POST /api/chat", "127.0.0.1"),
    ]),
    story("docker-proxy", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", DOCKER_BRIDGE),
    ]),
    story("the stranger's address in the log", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", STRANGER),
    ]),
    story("another public address in the log, which has its own detection", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "198.51.100.99"),
    ]),
    story("a stranger at the web server", () => [
      inbound(0, STRANGER, { durationMs: 10_000, destinationPort: 443 }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("a stranger whom a filter stopped", () => [
      inbound(0, STRANGER, { durationMs: 10_000, action: "blocked", established: null }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("a scan that nobody answered", () => [
      inbound(0, STRANGER, { established: false }),
      gin(1, "POST /api/chat", "127.0.0.1"),
    ]),
    story("somebody known is connected", () => [
      inbound(0, KNOWN, { durationMs: 10_000 }),
      gin(2, "POST /api/chat", "127.0.0.1"),
    ]),
    story("a proxy's row, which is no claim", () => [
      inbound(0, STRANGER, { durationMs: 10_000 }),
      http(2, "POST /api/chat", "127.0.0.1"),
    ]),
  ],
};
