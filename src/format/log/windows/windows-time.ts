import { isoTimeAt } from "../civil-time.ts";
import type { ToldZone } from "../told-zone.ts";
import { type Fields, isFields, textOf } from "./windows-fields.ts";

const QUARTER_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

/**
 * When an event happened, in milliseconds since 1970.
 *
 * @param written - What the log's own head says: ISO text with zone, local text without (NXLog's `EventTime`), seconds as a number.
 * @param fields - Sysmon's own `UtcTime` is nearer to what happened; beside a local time it tells the zone.
 * @returns `null` when neither is a time.
 */
export function windowsTime(written: unknown, fields: Fields, zone: ToldZone, line: number): number | null {
  const own = utcTime(fields);
  if (typeof written === "number") return own ?? (written > 0 && written < 1e11 ? Math.floor(written * 1000) : null);
  const outer = typeof written === "string" ? isoTimeAt(written, 0) : null;
  if (outer === null) return own;
  if (outer.zoneMinutes !== null) return own ?? outer.ms;
  if (own === null) return outer.ms - (zone.at(outer.ms) ?? zone.assumed()) * MINUTE_MS;
  const quarters = Math.round((outer.ms - own) / QUARTER_MS);
  if (Math.abs(quarters) <= 60) zone.heard(quarters * 15, line);
  return own;
}

function utcTime(fields: Fields): number | null {
  const text = textOf(fields, "UtcTime");
  const time = text === null ? null : isoTimeAt(text, 0);
  return time?.zoneMinutes === null ? time.ms : null;
}

/** When the head of a nested document says it was written: `TimeCreated` with its `SystemTime`, however it is wrapped. */
export function systemTimeIn(system: Fields): unknown {
  const created = system["TimeCreated"] ?? system["TimeCreated_attributes"];
  if (!isFields(created)) return created;
  const inner = isFields(created["#attributes"]) ? created["#attributes"] : created;
  return inner["SystemTime"] ?? inner["@SystemTime"] ?? system["TimeCreated_attributes"];
}
