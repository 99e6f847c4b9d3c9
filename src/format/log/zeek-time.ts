import { isoTimeAt } from "./civil-time.ts";

const LAST_MS = 253_402_300_800_000;
/** Seconds of the year 5138: a greater number counts milliseconds. */
const MOST_SECONDS = 1e11;
const SECONDS = /^\d{1,12}(?:\.\d{1,9})?$/u;

/** A time of Zeek: seconds since 1970 with a fraction, milliseconds (`JSON::TS_MILLIS`) or ISO text; `null` for anything else. */
export function instantOfZeek(value: unknown): number | null {
  if (typeof value === "number") return instantOfNumber(value);
  if (typeof value !== "string") return null;
  if (value.charCodeAt(4) === 45) {
    const time = isoTimeAt(value, 0);
    return time === null || time.end !== value.length || time.ms < 0 ? null : time.ms;
  }
  return SECONDS.test(value) ? instantOfNumber(Number(value)) : null;
}

function instantOfNumber(value: number): number | null {
  const ms = value < MOST_SECONDS ? value * 1000 : value;
  return ms >= 0 && ms < LAST_MS ? Math.floor(ms + 1e-4) : null;
}
