import { all, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { SHOW_ACCESS, SHOW_ACTOR } from "./measures.ts";
import { control, http, KNOWN, story } from "./story.ts";

/** The trail says itself that something is missing. */
export const AUDIT_TRAIL_GAP: Detection = {
  id: "audit-trail-gap",
  uuid: "e8663096-7bfa-4789-8b3f-46c2e7dc66cb",
  title: "The gateway's audit trail has a gap",
  hypothesis:
    "The gateway chains the rows of its trail and notes when its end was torn or a piece is missing. Power that fails does so once; somebody who takes rows out does so where it matters.",
  severity: "high",
  ...STABLE_1,
  selections: {
    gap: {
      class: "control",
      where: all(is("control", "gateway"), is("action", "failed"), contains("name", "audit trail")),
    },
  },
  correlation: { kind: "each", of: "gap", by: ["observer"], withinSeconds: 86_400 },
  falsePositives: ["A machine that lost its power, or a full disk."],
  blindTo: ["A trail that was taken away whole, with its checkpoints."],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Check the chain: `corral gateway audit verify`.",
      "Show whether the machine went down then: `last -x reboot shutdown | head`, `journalctl --list-boots`.",
    ],
    contain: ["Keep the trail as it is: `sudo cp -a` of its folder to another machine."],
    recover: [SHOW_ACCESS, SHOW_ACTOR],
  },
  fires: [
    story("a gap", () => [
      control(0, "gateway", "failed", "corral gateway audit trail", { product: "corral-gateway" }),
    ]),
    story("a gap in a log that does not name its machine", () => [
      control(0, "gateway", "failed", "corral gateway audit trail", { product: "corral-gateway", observer: null }),
    ]),
    story("several on one day", () => [
      control(0, "gateway", "failed", "corral gateway audit trail"),
      control(3_600, "gateway", "failed", "corral gateway audit trail"),
    ]),
    story("a gap between requests", () => [
      http(0, "POST /api/chat", KNOWN, { product: "corral-gateway" }),
      control(1, "gateway", "failed", "corral gateway audit trail"),
      http(2, "POST /api/chat", KNOWN, { product: "corral-gateway" }),
    ]),
    story("a gap at a restart", () => [
      control(0, "gateway", "started", "corral-gateway.service"),
      control(1, "gateway", "failed", "corral gateway audit trail"),
    ]),
  ],
  silent: [
    story("the gateway started", () => [control(0, "gateway", "started", "corral-gateway.service")]),
    story("the gateway stopped", () => [control(0, "gateway", "stopped", "corral-gateway.service")]),
    story("the gateway failed, which has its own detection", () => [
      control(0, "gateway", "failed", "corral-gateway.service"),
    ]),
    story("another proxy failed", () => [control(0, "gateway", "failed", "nginx.service")]),
    story("its configuration was read anew", () => [control(0, "gateway", "changed", "corral-gateway.service")]),
    story("rows were lost, which has its own detection", () => [
      control(0, "log", "truncated", "corral gateway audit trail"),
    ]),
    story("the system's recording failed", () => [control(0, "audit", "failed", "auditd.service")]),
    story("a service whose name holds the words", () => [control(0, "service", "failed", "audit trail exporter")]),
    story("the log service failed", () => [control(0, "log", "failed", "rsyslog.service")]),
    story("the firewall failed", () => [control(0, "firewall", "failed", "nftables.service")]),
    story("the trail was begun anew", () => [control(0, "gateway", "added", "corral gateway audit trail")]),
  ],
};
