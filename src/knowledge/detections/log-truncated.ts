import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, SHOW_ACTOR } from "./measures.ts";
import { control, story } from "./story.ts";

/** What was written is gone. */
export const LOG_TRUNCATED: Detection = {
  id: "log-truncated",
  uuid: "1db22db2-387b-4d7a-aaed-c519a2b2cb23",
  title: "A log was cleared or its service stopped",
  hypothesis:
    "After the work the traces go: the Security log is cleared (event 1102), the journal vacuumed, the log service stopped. It is one of the few acts that leave a record of themselves.",
  severity: "high",
  ...STABLE_1,
  selections: {
    cleared: {
      class: "control",
      where: all(is("control", "log"), is("action", "truncated", "removed", "stopped", "failed")),
    },
  },
  correlation: { kind: "each", of: "cleared", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: [
    "An administrator who clears a log by hand, and set-up of new machines.",
    "A restart of the log service: `started` follows within seconds.",
  ],
  blindTo: [
    "Rows taken out of a log one by one: the gateway's trail shows that (`corral gateway audit verify`), others do not.",
  ],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show what is left and from when: `journalctl --header | grep -E 'Head|Tail'`, `ls -l --time-style=full-iso /var/log/journal/*`, `wevtutil gli Security`.",
      SHOW_ACTOR,
    ],
    contain: ["Keep what others hold: copies on a log server, flow records, the proxy's log."],
    recover: ["Send logs to another machine as they are written.", LOOK_FOR_TRACES],
  },
  fires: [
    story("the Security log of Windows", () => [
      control(0, "log", "truncated", "Security", { product: "windows", user: "alice" }),
    ]),
    story("the journal", () => [
      control(0, "log", "truncated", "journal", { executable: "/usr/bin/journalctl", user: "root" }),
    ]),
    story("the log service", () => [control(0, "log", "stopped", "rsyslog.service")]),
    story("the gateway's trail", () => [control(0, "log", "truncated", "/var/lib/corral/audit/2026-03-01.jsonl")]),
    story("a log was removed", () => [
      control(0, "log", "removed", "Microsoft-Windows-Sysmon/Operational", { product: "sysmon" }),
    ]),
  ],
  silent: [
    story("started", () => [control(0, "log", "started", "rsyslog.service")]),
    story("rotation", () => [
      control(0, "log", "changed", "/var/log/nginx/access.log", { executable: "/usr/sbin/logrotate" }),
    ]),
    story("a new file", () => [control(0, "log", "added", "/var/log/nginx/access.log")]),
    story("another service stopped", () => [control(0, "service", "stopped", "cups.service")]),
    story("Ollama stopped", () => [control(0, "service", "stopped", "ollama.service")]),
    story("a service whose name holds the word", () => [control(0, "service", "stopped", "logrotate.service")]),
    story("recording stopped, which has its own detection", () => [control(0, "audit", "stopped", "auditd.service")]),
    story("the gateway stopped, which has its own detection", () => [
      control(0, "gateway", "stopped", "corral-gateway.service"),
    ]),
    story("a rule of the firewall was removed", () => [control(0, "firewall", "removed", "deny 11434/tcp")]),
    story("the firewall was stopped", () => [control(0, "firewall", "stopped", "nftables.service")]),
    story("a service failed", () => [control(0, "service", "failed", "nginx.service")]),
  ],
};
