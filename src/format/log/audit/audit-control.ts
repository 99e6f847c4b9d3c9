import type { ControlEvent, LogEvent } from "../../../model/event.ts";
import { controlEvent, type EventHead } from "../../../model/make-event.ts";
import { guardedUnit } from "../guarded-units.ts";
import { callerOf } from "./audit-event.ts";
import { fieldOf, textField } from "./audit-line.ts";
import type { AuditRecord } from "./audit-record.ts";

type Action = ControlEvent["action"];

const DAEMON: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["DAEMON_START", "started"],
  ["DAEMON_RESUME", "started"],
  ["DAEMON_END", "stopped"],
  ["DAEMON_ABORT", "failed"],
  ["DAEMON_ERR", "failed"],
  ["DAEMON_CONFIG", "changed"],
]);
const RULES: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["add_rule", "added"],
  ["remove_rule", "removed"],
]);

/** Events of the records that tell of changes to what guards and records. */
export function changeEvents(record: AuditRecord, head: EventHead): readonly LogEvent[] {
  return record.changes.flatMap(({ type, body }) => {
    const event = changeOf(type, body, record, head);
    return event === null ? [] : [event];
  });
}

function changeOf(type: string, body: string, record: AuditRecord, head: EventHead): ControlEvent | null {
  const { executable, user } = callerOf(record.syscall === "" ? body : record.syscall);
  switch (type) {
    case "CONFIG_CHANGE":
      return controlEvent(head, { control: "audit", ...ruleChange(body), executable, user });
    case "NETFILTER_CFG":
      return controlEvent(head, {
        control: "firewall",
        action: filterChange(fieldOf(body, "op") ?? ""),
        name: fieldOf(body, "table")?.split(":")[0] ?? "netfilter",
        executable: executable ?? textField(body, "comm"),
        user,
      });
    case "SERVICE_START":
    case "SERVICE_STOP":
      return serviceChange(type, body, head);
    default:
      return controlEvent(head, { control: "audit", action: DAEMON.get(type) ?? "changed", name: "auditd", user });
  }
}

/** A rule that came or went, the whole switched on or off, or any other setting. */
function ruleChange(body: string): { readonly action: Action; readonly name: string } {
  const key = textField(body, "key") ?? "audit rules";
  if (fieldOf(body, "res") === "0") return { action: "failed", name: key };
  const rule = RULES.get(fieldOf(body, "op") ?? "");
  if (rule !== undefined) return { action: rule, name: key };
  const enabled = fieldOf(body, "audit_enabled");
  if (enabled === null) return { action: "changed", name: key };
  const before = fieldOf(body, "old");
  if (enabled === "0") return { action: before === "0" ? "changed" : "stopped", name: "audit" };
  return { action: before === "0" ? "started" : "changed", name: "audit" };
}

function filterChange(op: string): Action {
  if (op.includes("unregister") || op.includes("destroy") || op.includes("flush")) return "removed";
  return op.includes("register") || op.includes("create") ? "added" : "changed";
}

/** Units that guard nothing start and stop all day. */
function serviceChange(type: string, body: string, head: EventHead): ControlEvent | null {
  const name = fieldOf(body, "unit");
  const unit = name === null ? null : guardedUnit(`${name}.service`, "");
  if (unit === null) return null;
  const done = type === "SERVICE_START" ? "started" : "stopped";
  return controlEvent(head, {
    control: unit.control,
    action: fieldOf(body, "res") === "failed" ? "failed" : done,
    name: unit.name,
  });
}
