import type { LogRow, LogSink } from "../../../model/log-grammar.ts";
import { type Fields, isFields, textOf } from "../windows/windows-fields.ts";
import { defenderEvent, isDefenderKind } from "./defender-event.ts";
import { defenderTime } from "./defender-time.ts";

/** What events of Defender carry in `product`. */
export const DEFENDER = "defender";

/** Columns with the time, as the portal, Sentinel and its CSV name them. */
const TIMES = ["Timestamp", "TimeGenerated", "TimeGenerated [UTC]"] as const;

/** The row itself out of what the streaming API puts around it; `null` = it is none of Defender. */
export function defenderRow(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  const row = isFields(value["properties"]) ? value["properties"] : value;
  return textOf(row, "ActionType") !== null && timeOf(row) !== null && isDevice(row) ? row : null;
}

/** Whether a header of CSV is that of such rows. */
export function isDefenderHeader(names: readonly string[]): boolean {
  const hasDevice = names.includes("DeviceName") || names.includes("DeviceId");
  return names.includes("ActionType") && hasDevice && TIMES.some((name) => names.includes(name));
}

/** Tells a row: exactly one event, rejection or pass. */
export function tellDefender(fields: Fields, source: number, row: LogRow, sink: LogSink): void {
  if (!isDefenderKind(textOf(fields, "ActionType") ?? "")) return sink.pass();
  const at = defenderTime(timeOf(fields) ?? "");
  if (at === null) return sink.reject(row, "defender-row-without-time");
  const place = { source, line: row.line, offset: row.offset, text: row.text };
  const event = defenderEvent({ at, observer: textOf(fields, "DeviceName"), product: DEFENDER, place }, fields);
  if (event === null) sink.pass();
  else sink.event(event);
}

function isDevice(row: Fields): boolean {
  return textOf(row, "DeviceName") !== null || textOf(row, "DeviceId") !== null;
}

function timeOf(row: Fields): string | null {
  for (const name of TIMES) {
    const text = textOf(row, name);
    if (text !== null) return text;
  }
  return null;
}
