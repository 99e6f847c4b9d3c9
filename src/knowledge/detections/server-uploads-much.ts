import { all, network } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, OPENED_HERE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { CHECK_MODELS, ROTATE_SECRETS, SHOW_OUTGOING, STOP_SERVER } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { many, outbound, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Models leave by push. */
export const SERVER_UPLOADS_MUCH: Detection = {
  id: "server-uploads-much",
  uuid: "0b986552-9e67-4b7c-893e-539dbd83fdc8",
  title: "The model server sent out a model's worth of bytes",
  hypothesis:
    "The server fetches much and sends little. More than 500 MB that Ollama's program sent to one address outside within an hour is a push: of a model that was trained here, or of memory that was made one.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    upload: { class: "network", where: all(OPENED_HERE, OLLAMA_PROGRAM, network("destinationIp", "public")) },
  },
  correlation: {
    kind: "sum",
    of: "upload",
    field: "sourceBytes",
    by: ["observer", "destinationIp"],
    atLeast: 500_000_000,
    withinSeconds: 3_600,
  },
  falsePositives: ["Somebody who publishes a model of their own."],
  blindTo: [
    "Sources that tell no program, or no bytes.",
    "Small pushes: memory that was read out may be a few megabytes; see `blob-create-push`.",
  ],
  ids: {
    attack: ["T1048", "T1567"],
    attackBefore: [],
    atlas: ["AML.T0025", "AML.T0024.002"],
    owaspLlm: ["LLM02:2025", "LLM10:2025"],
  },
  references: [REFERENCES.cve7482],
  whatNow: {
    confirm: [
      SHOW_OUTGOING,
      "Show who asked for it: `journalctl -u ollama --since TIME --until TIME | grep -E 'GIN.*push'`.",
    ],
    contain: [STOP_SERVER],
    recover: [CHECK_MODELS, ROTATE_SECRETS],
  },
  fires: [
    story("parts in almost an hour", () => [
      many(40, 90, (second) => outbound(second, STRANGER, 443, { sourceBytes: 13_000_000 })),
    ]),
    story("one connection", () => [outbound(0, STRANGER, 443, { sourceBytes: 4_000_000_000, durationMs: 400_000 })]),
    story("parts", () => [many(40, 20, (second) => outbound(second, STRANGER, 443, { sourceBytes: 16_000_000 }))]),
    story("IPv6", () => [outbound(0, STRANGER_6, 443, { sourceBytes: 600_000_000 })]),
    story("just at the threshold", () => [outbound(0, STRANGER, 443, { sourceBytes: 500_000_000 })]),
    story("Windows", () => [
      outbound(0, STRANGER, 443, {
        sourceBytes: 900_000_000,
        executable: String.raw`C:\Ollama\ollama.exe`,
        user: "alice",
      }),
    ]),
  ],
  silent: [
    story("two machines share it", () => [
      outbound(0, STRANGER, 443, { sourceBytes: 300_000_000 }),
      outbound(60, STRANGER, 443, { sourceBytes: 300_000_000, observer: "gpu-2" }),
    ]),
    story("a pull: much comes in", () => [
      outbound(0, STRANGER, 443, { sourceBytes: 2_000_000, destinationBytes: 8_000_000_000 }),
    ]),
    story("a byte below the threshold", () => [outbound(0, STRANGER, 443, { sourceBytes: 499_999_999 })]),
    story("parts over more than an hour", () => [
      many(40, 130, (second) => outbound(second, STRANGER, 443, { sourceBytes: 16_000_000 })),
    ]),
    story("parts to many addresses", () => [
      many(40, 20, (second, index) => outbound(second, `203.0.113.${index + 1}`, 443, { sourceBytes: 16_000_000 })),
    ]),
    story("to the network", () => [outbound(0, "10.0.0.5", 443, { sourceBytes: 4_000_000_000 })]),
    story("to an address that the user knows", () => [outbound(0, "192.0.2.70", 443, { sourceBytes: 4_000_000_000 })]),
    story("to the runner", () => [outbound(0, "127.0.0.1", 40_111, { sourceBytes: 4_000_000_000 })]),
    story("a client takes much", () => [
      outbound(0, STRANGER, 50_000, { direction: "inbound", sourceBytes: 900_000_000 }),
    ]),
    story("a backup by another program", () => [
      outbound(0, STRANGER, 443, { sourceBytes: 4_000_000_000, executable: "/usr/bin/restic", user: "root" }),
    ]),
    story("no bytes told", () => [many(40, 20, (second) => outbound(second, STRANGER, 443))]),
    story("a filter stopped it", () => [outbound(0, STRANGER, 443, { sourceBytes: 900_000_000, action: "blocked" })]),
  ],
};
