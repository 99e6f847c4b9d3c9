import { all, any, contains, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, SHOW_ACTOR } from "./measures.ts";
import { control, story } from "./story.ts";

/** Nobody sees the next step. */
export const AUDIT_STOPPED: Detection = {
  id: "audit-stopped",
  uuid: "8e6139c8-fb9a-43c2-91ab-bff0a6b033d8",
  title: "Recording of what programs do was stopped",
  hypothesis:
    "Audit rules and agents name the children that a server starts and the sockets that it binds. Who means to run something stops them first, or takes the rules away.",
  severity: "high",
  ...STABLE_1,
  selections: {
    stopped: {
      class: "control",
      where: all(
        any(
          is("control", "audit"),
          all(is("control", "service"), contains("name", "Sysmon", "Windows Event Log", "EventLog")),
        ),
        is("action", "stopped", "failed", "removed"),
      ),
    },
  },
  correlation: { kind: "each", of: "stopped", by: ["observer", "name"], withinSeconds: 3_600 },
  falsePositives: [
    "A restart or an update: `started` follows within seconds.",
    "A tool that loads the rules anew removes all of them first (`augenrules --load`).",
  ],
  blindTo: ["An agent that is blinded without being stopped.", "Rules that were changed to see less."],
  ids: { attack: ["T1685"], attackBefore: ["T1562.001"], atlas: [], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show its state: `sudo auditctl -s`, `sudo auditctl -l`, `systemctl status auditd sysmon`, `wevtutil gl Security`.",
      SHOW_ACTOR,
    ],
    contain: ["Start it again: `sudo systemctl start auditd && sudo augenrules --load`."],
    recover: [
      "Take the time without records as unseen: look for what is left, not for what was written.",
      LOOK_FOR_TRACES,
    ],
  },
  fires: [
    story("the event log of Windows by its short name", () => [
      control(0, "service", "stopped", "EventLog", { product: "windows" }),
    ]),
    story("Sysmon as a service", () => [control(0, "service", "stopped", "Sysmon64", { product: "windows" })]),
    story("auditd", () => [control(0, "audit", "stopped", "auditd.service", { user: "root" })]),
    story("a rule", () => [
      control(0, "audit", "removed", "key=corral-bind", { product: "auditd", executable: "/usr/sbin/auditctl" }),
    ]),
    story("Sysmon", () => [control(0, "audit", "stopped", "Sysmon64", { product: "sysmon" })]),
    story("the event log of Windows", () => [
      control(0, "service", "stopped", "Windows Event Log", { product: "windows" }),
    ]),
    story("it failed", () => [control(0, "audit", "failed", "auditd.service")]),
    story("Windows' policy", () => [
      control(0, "audit", "removed", "Filtering Platform Connection", { product: "windows" }),
    ]),
  ],
  silent: [
    story("the log of Sysmon stopped, which has its own detection", () => [
      control(0, "log", "stopped", "Microsoft-Windows-Sysmon/Operational", { product: "windows" }),
    ]),
    story("started", () => [control(0, "audit", "started", "auditd.service")]),
    story("a rule was added", () => [control(0, "audit", "added", "key=corral-exec")]),
    story("a setting was changed", () => [control(0, "audit", "changed", "backlog_limit=8192")]),
    story("added on Windows", () => [control(0, "audit", "added", "Process Creation", { product: "windows" })]),
    story("another service stopped", () => [control(0, "service", "stopped", "cups.service")]),
    story("Ollama stopped", () => [control(0, "service", "stopped", "ollama.service")]),
    story("a service whose name holds the word", () => [control(0, "service", "stopped", "audit-report.service")]),
    story("the firewall stopped, which has its own detection", () => [
      control(0, "firewall", "stopped", "ufw.service"),
    ]),
    story("the gateway stopped, which has its own detection", () => [
      control(0, "gateway", "stopped", "corral-gateway.service"),
    ]),
    story("the log was cut, which has its own detection", () => [
      control(0, "log", "truncated", "Security", { product: "windows" }),
    ]),
    story("the log service stopped", () => [control(0, "log", "stopped", "rsyslog.service")]),
  ],
};
