import type { ControlEvent, LogEvent } from "../../../model/event.ts";
import { controlEvent, type EventHead } from "../../../model/make-event.ts";
import type { EventMaker } from "./sysmon-events.ts";
import { accountOf, type Fields, textOf } from "./windows-fields.ts";

const FIREWALL = "Windows Firewall";

const FIREWALL_NUMBERS = {
  added: [2004, 2071, 2097],
  changed: [2002, 2003, 2005, 2008, 2032, 2060, 2073, 2082, 2083],
  removed: [2006, 2033, 2052, 2059],
} as const;

/** Events of the firewall's own log: numbers of Windows 10, and those that Windows 11 added. */
export const FIREWALL_EVENTS: ReadonlyMap<number, EventMaker> = new Map([
  ...makersOf("added"),
  ...makersOf("changed"),
  ...makersOf("removed"),
]);

/** Events of the log's own service, whatever log they stand in. */
export const EVENTLOG_EVENTS: ReadonlyMap<number, EventMaker> = new Map<number, EventMaker>([
  [104, cleared],
  [1102, cleared],
]);

/** Events of the service control manager, in the System log. */
export const SERVICE_EVENTS: ReadonlyMap<number, EventMaker> = new Map<number, EventMaker>([
  [7036, serviceTurned],
  [7040, (head, fields) => service(head, textOf(fields, "param1"), "changed", null)],
  [7045, (head, fields) => service(head, textOf(fields, "ServiceName"), "added", textOf(fields, "ImagePath"))],
]);

/** What a service became, in the languages in which 7036 was seen; other words mean that it changed. */
const TURNS: ReadonlyMap<string, ControlEvent["action"]> = new Map([
  ["running", "started"],
  ["stopped", "stopped"],
]);

function makersOf(action: keyof typeof FIREWALL_NUMBERS): (readonly [number, EventMaker])[] {
  return FIREWALL_NUMBERS[action].map((number) => [number, (head, fields) => firewall(head, fields, action)] as const);
}

function firewall(head: EventHead, fields: Fields, action: ControlEvent["action"]): LogEvent {
  return controlEvent(head, {
    control: "firewall",
    action,
    name: textOf(fields, "RuleName") ?? textOf(fields, "SettingType") ?? textOf(fields, "RuleId") ?? FIREWALL,
    executable: textOf(fields, "ModifyingApplication"),
    user: textOf(fields, "ModifyingUser"),
  });
}

/** 104 names the log that was cleared; 1102 is always the Security log's own. */
function cleared(head: EventHead, fields: Fields): LogEvent {
  return controlEvent(head, {
    control: "log",
    action: "truncated",
    name: textOf(fields, "Channel") ?? "Security",
    user: accountOf(fields, "SubjectDomainName", "SubjectUserName"),
  });
}

function serviceTurned(head: EventHead, fields: Fields): LogEvent | null {
  const turn = textOf(fields, "param2")?.toLowerCase() ?? "";
  return service(head, textOf(fields, "param1"), TURNS.get(turn) ?? "changed", null);
}

function service(
  head: EventHead,
  name: string | null,
  action: ControlEvent["action"],
  executable: string | null,
): LogEvent | null {
  return name === null ? null : controlEvent(head, { control: "service", action, name, executable });
}
