import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, OPENED_HERE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DENY_OUTGOING, SHOW_OUTGOING } from "./measures.ts";
import { KNOWN_LAN, outbound, story } from "./story.ts";

/** Through the server strangers reach what they cannot. */
export const SERVER_REACHES_INSIDE: Detection = {
  id: "server-reaches-inside",
  uuid: "bd2c61bb-0840-4ec1-a735-6e951b9b689b",
  title: "The model server connected to an address inside of the network",
  hypothesis:
    "A server that strangers may order to pull from any address reaches inside for them. Ollama fetches models from registries outside; a connection to a private address is somebody's order, or a registry of one's own.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    connection: {
      class: "network",
      where: all(
        OPENED_HERE,
        OLLAMA_PROGRAM,
        network("destinationIp", "private", "link-local"),
        not(network("destinationIp", "metadata", "known")),
        not(is("destinationPort", 53, 853)),
      ),
    },
  },
  correlation: {
    kind: "each",
    of: "connection",
    by: ["observer", "destinationIp", "destinationPort"],
    withinSeconds: 86_400,
  },
  falsePositives: [
    "A registry or an HTTP proxy of one's own inside: name its address as known.",
    "The command line of the same binary, which asks a server elsewhere in the network.",
  ],
  blindTo: ["Sources that do not tell the program.", "Orders through a proxy."],
  ids: { attack: ["T1090", "T1046"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM06:2025"] },
  references: [],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Show who asked for it: `journalctl -u ollama --since TIME --until TIME | grep -E 'GIN.*(pull|create|push)'`.",
    ],
    contain: [DENY_OUTGOING, BIND_LOOPBACK],
    recover: ["Look into the log of the machine that was reached."],
  },
  fires: [
    story("an address of the company's network", () => [outbound(0, "10.0.0.5", 443)]),
    story("a home router", () => [outbound(0, "192.168.1.1", 80)]),
    story("a database's port", () => [outbound(0, "172.16.3.4", 6379, { established: false })]),
    story("a unique local IPv6 address", () => [outbound(0, "fd12:3456:789a::5", 443)]),
    story("Windows", () => [
      outbound(0, "192.168.1.7", 5000, { executable: String.raw`C:\Ollama\ollama.exe`, user: "alice" }),
    ]),
    story("a link-local address", () => [outbound(0, "169.254.1.1", 80)]),
  ],
  silent: [
    story("a registry of one's own inside", () => [outbound(0, KNOWN_LAN, 5000)]),
    story("the server reaches its runner", () => [outbound(0, "127.0.0.1", 40_111)]),
    story("the server reaches its runner over IPv6", () => [outbound(0, "::1", 40_111)]),
    story("a registry outside", () => [outbound(0, "203.0.113.9", 443)]),
    story("a registry outside over IPv6", () => [outbound(0, "2001:db8:1::9", 443)]),
    story("the network's resolver", () => [outbound(0, "192.168.1.1", 53, { transport: "udp" })]),
    story("the network's resolver over TLS", () => [outbound(0, "192.168.1.1", 853)]),
    story("the metadata address, which has its own detection", () => [outbound(0, "169.254.169.254", 80)]),
    story("an address that the user knows", () => [outbound(0, "192.0.2.70", 443)]),
    story("a filter stopped it", () => [outbound(0, "10.0.0.5", 443, { action: "blocked" })]),
    story("a client comes in", () => [outbound(0, "10.0.0.5", 443, { direction: "inbound" })]),
    story("another program", () => [outbound(0, "10.0.0.5", 443, { executable: "/usr/bin/curl", user: "alice" })]),
  ],
};
