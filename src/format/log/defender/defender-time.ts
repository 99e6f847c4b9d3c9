import { clockMs, dayMs, digitsAt, isoTimeAt, monthAt } from "../civil-time.ts";

const NAMED = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?: ([AP]M))?$/u;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?: ([AP]M))?$/u;

/**
 * When a row of Defender happened: ISO with zone or, as the portals write CSV in UTC, `Jan 30, 2026 10:05:11 AM` and `1/30/2026, 10:05:11.123 AM`.
 *
 * @returns Milliseconds since 1970; `null` when it is no time.
 */
export function defenderTime(text: string): number | null {
  const iso = isoTimeAt(text, 0);
  if (iso !== null) return iso.ms;
  const found = NAMED.exec(text) ?? SLASHED.exec(text);
  if (found === null) return null;
  const [, month = "", day = "", year = "", hour = "", minute = "", second = "", fraction = "", half] = found;
  const monthNumber = month.length === 3 ? monthAt(month, 0) : Number(month);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "PM" ? 12 : 0);
  const clock = `${String(hours).padStart(2, "0")}:${minute}:${second}`;
  const ms = dayMs(Number(year), monthNumber, Number(day)) + clockMs(clock, 0) + millisOf(fraction);
  return Number.isNaN(ms) ? null : ms;
}

function millisOf(fraction: string): number {
  return fraction === "" ? 0 : digitsAt(fraction.padEnd(3, "0"), 0, 3);
}
