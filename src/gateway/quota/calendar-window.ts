import type { Window } from "../config/gateway-config.ts";

/** One calendar window of UTC, `[start, ends)` in milliseconds since 1970. */
export interface CalendarWindow {
  readonly start: number;
  readonly ends: number;
}

const DAY_MS = 86_400_000;
const FIXED = { minute: 60_000, hour: 3_600_000, day: DAY_MS } as const;

/** The window of the given length that holds a moment. */
export function windowAt(per: Window, epochMs: number): CalendarWindow {
  if (per === "month") return monthAt(epochMs);
  const length = FIXED[per];
  const start = Math.floor(epochMs / length) * length;
  return { start, ends: start + length };
}

function monthAt(epochMs: number): CalendarWindow {
  const { year, month } = civilOf(Math.floor(epochMs / DAY_MS));
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return { start: firstDay(year, month) * DAY_MS, ends: firstDay(next.year, next.month) * DAY_MS };
}

/**
 * Days since 1970 → year and month of the Gregorian calendar; years begin in March inside, so that leap days come last.
 *
 * @see howardhinnant.github.io/date_algorithms.html, civil_from_days
 */
function civilOf(days: number): { readonly year: number; readonly month: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month };
}

/** Days since 1970 of a month's first day; the inverse of `civilOf`. */
function firstDay(year: number, month: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
