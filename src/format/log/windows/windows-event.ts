import type { LogEvent } from "../../../model/event.ts";
import type { EventHead } from "../../../model/make-event.ts";
import { SECURITY_EVENTS } from "./security-events.ts";
import { type EventMaker, SYSMON_EVENTS } from "./sysmon-events.ts";
import { EVENTLOG_EVENTS, FIREWALL_EVENTS, SERVICE_EVENTS } from "./system-events.ts";
import type { Fields } from "./windows-fields.ts";

/** What events of Windows carry in `product`. */
export const WINDOWS = "windows";

/** Which table reads the events of a provider, or else of a log; names in small letters. */
const FAMILIES: ReadonlyMap<string, ReadonlyMap<number, EventMaker>> = new Map([
  ["microsoft-windows-sysmon", SYSMON_EVENTS],
  ["microsoft-windows-sysmon/operational", SYSMON_EVENTS],
  ["linux-sysmon", SYSMON_EVENTS],
  ["linux-sysmon/operational", SYSMON_EVENTS],
  ["microsoft-windows-security-auditing", SECURITY_EVENTS],
  ["microsoft-windows-eventlog", EVENTLOG_EVENTS],
  ["service control manager", SERVICE_EVENTS],
  ["microsoft-windows-service control manager", SERVICE_EVENTS],
  ["microsoft-windows-windows firewall with advanced security", FIREWALL_EVENTS],
  ["microsoft-windows-windows firewall with advanced security/firewall", FIREWALL_EVENTS],
  ["security", new Map([...SECURITY_EVENTS, ...EVENTLOG_EVENTS])],
  ["system", new Map([...SERVICE_EVENTS, ...EVENTLOG_EVENTS])],
]);

const WANTED: ReadonlySet<number> = new Set(
  [SYSMON_EVENTS, SECURITY_EVENTS, EVENTLOG_EVENTS, SERVICE_EVENTS, FIREWALL_EVENTS].flatMap((one) => [...one.keys()]),
);

/** A record of Windows, whatever wrote it down. */
export interface WindowsRecord {
  readonly eventId: number;
  /** `Microsoft-Windows-Sysmon`; `null` = not told. */
  readonly provider: string | null;
  /** `Security`; `null` = not told. */
  readonly channel: string | null;
  /** What it says of its own kind. */
  readonly fields: Fields;
}

/** Whether any provider has an event of that number which Corral asks for. */
export function isWantedNumber(eventId: number): boolean {
  return WANTED.has(eventId);
}

/** The event a record tells; `null` = it tells nothing that Corral asks for. A provider that has no table is asked by its log. */
export function windowsEvent(record: WindowsRecord, head: EventHead): LogEvent | null {
  const make = makerOf(record);
  return make === null ? null : make(head, record.fields);
}

/** Whether the record's kind is one that Corral asks for. */
export function isWanted(record: Omit<WindowsRecord, "fields">): boolean {
  return makerOf(record) !== null;
}

function makerOf({ eventId, provider, channel }: Omit<WindowsRecord, "fields">): EventMaker | null {
  if (!WANTED.has(eventId)) return null;
  const byProvider = provider === null ? undefined : FAMILIES.get(provider.toLowerCase());
  const family = byProvider ?? (channel === null ? undefined : FAMILIES.get(channel.toLowerCase()));
  return family?.get(eventId) ?? null;
}
