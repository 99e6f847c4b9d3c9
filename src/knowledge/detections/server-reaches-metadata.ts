import { all, network } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_SERVICE, OPENED_HERE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { DENY_OUTGOING, ROTATE_SECRETS, SHOW_OUTGOING, STOP_SERVER, UPGRADE } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { outbound, story } from "./story.ts";

/** The credentials of the instance. */
export const SERVER_REACHES_METADATA: Detection = {
  id: "server-reaches-metadata",
  uuid: "32a19dc4-0f0e-4f55-80c0-65d46a540a8e",
  title: "The model server reached for the cloud's metadata address",
  hypothesis:
    "`/api/pull` and tools of agents make the server ask addresses of the asker's choice. At 169.254.169.254 (or fd00:ec2::254) a cloud tells the instance's credentials; neither Ollama nor a runner has a reason to ask there.",
  severity: "critical",
  ...STABLE_1,
  selections: {
    connection: { class: "network", where: all(OPENED_HERE, BY_SERVICE, network("destinationIp", "metadata")) },
  },
  correlation: { kind: "each", of: "connection", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A wrapper script of one's own that runs under the service's account and asks for the instance's region.",
  ],
  blindTo: [
    "Sources that do not tell the program: see the cloud's own record of the credential's use.",
    "Requests through a proxy.",
  ],
  ids: {
    attack: ["T1090", "T1552.001", "T1190"],
    attackBefore: [],
    atlas: ["AML.T0049", "AML.T0025"],
    owaspLlm: ["LLM06:2025"],
  },
  references: [REFERENCES.instanceMetadata],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Show who asked for it: pulls and creates of that second, `journalctl -u ollama --since TIME --until TIME | grep GIN`.",
      "Look for the use of the instance's credentials in the cloud's own audit log.",
    ],
    contain: [
      "Exchange the instance's role or key now, and ask for tokens at that address (IMDSv2, hop limit 1).",
      STOP_SERVER,
    ],
    recover: [DENY_OUTGOING, ROTATE_SECRETS, UPGRADE],
  },
  fires: [
    story("the server", () => [outbound(0, "169.254.169.254", 80)]),
    story("a runner", () => [
      outbound(0, "169.254.169.254", 80, { executable: "/usr/local/lib/ollama/llama-server", user: "alice" }),
    ]),
    story("IPv6", () => [outbound(0, "fd00:ec2::254", 80)]),
    story("a tool under the service's account", () => [
      outbound(0, "169.254.169.254", 80, { executable: "/usr/bin/curl" }),
    ]),
    story("Windows, not answered", () => [
      outbound(0, "169.254.169.254", 80, {
        executable: String.raw`C:\Ollama\ollama.exe`,
        user: "alice",
        established: false,
      }),
    ]),
  ],
  silent: [
    story("the cloud's own agent", () => [
      outbound(0, "169.254.169.254", 80, { executable: "/usr/bin/cloud-init", user: "root" }),
    ]),
    story("somebody's curl", () => [
      outbound(0, "169.254.169.254", 80, { executable: "/usr/bin/curl", user: "alice" }),
    ]),
    story("the next address", () => [outbound(0, "169.254.169.253", 53)]),
    story("another link-local address", () => [outbound(0, "169.254.1.1", 80)]),
    story("a registry", () => [outbound(0, "203.0.113.9", 443)]),
    story("the network", () => [outbound(0, "10.0.0.5", 443)]),
    story("loopback", () => [outbound(0, "127.0.0.1", 40_111)]),
    story("a filter stopped it", () => [outbound(0, "169.254.169.254", 80, { action: "blocked" })]),
    story("a connection that came in", () => [outbound(0, "169.254.169.254", 80, { direction: "inbound" })]),
    story("no program told", () => [outbound(0, "169.254.169.254", 80, { executable: null, user: null })]),
    story("a program whose name ends alike", () => [
      outbound(0, "169.254.169.254", 80, { executable: "/opt/notollama", user: "alice" }),
    ]),
  ],
};
