import { all, is, network, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, OPENED_HERE, RUNNER_PROGRAM } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER } from "./measures.ts";
import { outbound, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Not the server, but in its name. */
export const SERVICE_CHILD_REACHES_OUT: Detection = {
  id: "service-child-reaches-out",
  uuid: "ddadc24a-9097-4297-9dab-f155d7d595ed",
  title: "Another program under Ollama's account opened a connection",
  hypothesis:
    "The account `ollama` exists for the server alone. Another program of this account that connects to somebody is a child that should not be: a tool that fetches, or a shell that calls home.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    connection: {
      class: "network",
      where: all(
        OPENED_HERE,
        is("user", "ollama"),

        not(OLLAMA_PROGRAM),
        not(RUNNER_PROGRAM),
        not(network("destinationIp", "loopback")),
        not(is("destinationPort", 53, 853)),
      ),
    },
  },
  correlation: {
    kind: "each",
    of: "connection",
    by: ["observer", "executable", "destinationIp"],
    withinSeconds: 3_600,
  },
  falsePositives: ["Scripts of one's own that run under the account of the service."],
  blindTo: ["Containers, where the account is another.", "Sources that tell neither account nor program."],
  ids: {
    attack: ["T1059", "T1105", "T1048"],
    attackBefore: [],
    atlas: ["AML.T0072", "AML.T0112"],
    owaspLlm: ["LLM05:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      "Show the processes of the account and their connections: `ps -o pid,ppid,lstart,args -u ollama`, `sudo ss -Htnp state established`.",
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD],
  },
  fires: [
    story("a shell calls home", () => [outbound(0, STRANGER, 4444, { executable: "/usr/bin/bash" })]),
    story("curl fetches", () => [outbound(0, STRANGER, 443, { executable: "/usr/bin/curl" })]),
    story("IPv6", () => [outbound(0, STRANGER_6, 443, { executable: "/usr/bin/python3.11" })]),
    story("inside of the network", () => [outbound(0, "10.0.0.5", 22, { executable: "/usr/bin/ssh" })]),
    story("a program from the temporary folder", () => [
      outbound(0, STRANGER, 3333, { executable: "/tmp/.x/kworker" }),
    ]),
  ],
  silent: [
    story("somebody comes in", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/bin/socat", direction: "inbound" }),
    ]),
    story("the server", () => [outbound(0, STRANGER, 443)]),
    story("a runner, which has its own detection", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/local/lib/ollama/llama-server" }),
    ]),
    story("a tool asks the server itself", () => [outbound(0, "127.0.0.1", 11_434, { executable: "/usr/bin/curl" })]),
    story("a tool asks the server itself over IPv6", () => [
      outbound(0, "::1", 11_434, { executable: "/usr/bin/curl" }),
    ]),
    story("a resolver", () => [outbound(0, "192.168.1.1", 53, { executable: "/usr/bin/curl", transport: "udp" })]),
    story("somebody else's curl", () => [outbound(0, STRANGER, 443, { executable: "/usr/bin/curl", user: "alice" })]),
    story("root's package manager", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/lib/apt/methods/https", user: "_apt" }),
    ]),
    story("an account whose name begins alike", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/bin/curl", user: "ollama-web" }),
    ]),
    story("no program told", () => [outbound(0, STRANGER, 443, { executable: null })]),
    story("no account told", () => [outbound(0, STRANGER, 443, { executable: "/usr/bin/curl", user: null })]),
    story("a filter stopped it", () => [
      outbound(0, STRANGER, 443, { executable: "/usr/bin/curl", action: "blocked" }),
    ]),
  ],
};
