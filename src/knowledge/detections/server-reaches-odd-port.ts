import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, OPENED_HERE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { CHECK_MODELS, SHOW_OUTGOING, STOP_SERVER } from "./measures.ts";
import { outbound, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Registries answer on 443. */
export const SERVER_REACHES_ODD_PORT: Detection = {
  id: "server-reaches-odd-port",
  uuid: "f0db8372-d177-4f63-8361-89dabfe2bc99",
  title: "The model server connected outside on an unusual port",
  hypothesis:
    "Registries of models and ollama.com answer on port 443. Ollama's program that connects outside on another port was told to: a registry without TLS, a foreign server, or a way back to an intruder.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    connection: {
      class: "network",
      where: all(
        OPENED_HERE,
        OLLAMA_PROGRAM,
        network("destinationIp", "public"),
        not(is("destinationPort", 443, 53, 853, 123)),
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
    "The command line of the same binary, which asks a server elsewhere on 11434.",
    "A proxy outside, on 3128 or 8080.",
  ],
  blindTo: ["A foreign server on 443: see `server-looks-up-foreign-name`.", "Sources that do not tell the program."],
  ids: {
    attack: ["T1090", "T1105"],
    attackBefore: [],
    atlas: ["AML.T0010.003", "AML.T0072"],
    owaspLlm: ["LLM03:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Ask who owns the address: `whois ADDRESS`.",
      "Show who asked for it: `journalctl -u ollama --since TIME --until TIME | grep -E 'GIN.*(pull|create|push)'`.",
    ],
    contain: [STOP_SERVER],
    recover: [CHECK_MODELS, "Let the service out to 443 alone."],
  },
  fires: [
    story("without TLS", () => [outbound(0, STRANGER, 80)]),
    story("a registry's own port", () => [outbound(0, STRANGER, 5000)]),
    story("a way back", () => [outbound(0, STRANGER, 4444)]),
    story("IPv6", () => [outbound(0, STRANGER_6, 8080)]),
    story("Windows", () => [
      outbound(0, STRANGER, 8443, { executable: String.raw`C:\Ollama\ollama.exe`, user: "alice" }),
    ]),
  ],
  silent: [
    story("a registry", () => [outbound(0, STRANGER, 443)]),
    story("a registry over IPv6", () => [outbound(0, STRANGER_6, 443)]),
    story("a resolver outside", () => [outbound(0, STRANGER, 53, { transport: "udp" })]),
    story("a resolver outside over TLS", () => [outbound(0, STRANGER, 853)]),
    story("the clock", () => [outbound(0, STRANGER, 123, { transport: "udp" })]),
    story("a runner on loopback", () => [outbound(0, "127.0.0.1", 40_111)]),
    story("the network, which has its own detection", () => [outbound(0, "10.0.0.5", 5000)]),
    story("an address that the user knows", () => [outbound(0, "192.0.2.70", 3128)]),
    story("a filter stopped it", () => [outbound(0, STRANGER, 4444, { action: "blocked" })]),
    story("a client comes in", () => [outbound(0, STRANGER, 50_000, { direction: "inbound" })]),
    story("another program", () => [outbound(0, STRANGER, 22, { executable: "/usr/bin/ssh", user: "alice" })]),
  ],
};
