import { Buffer } from "node:buffer";

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const U = 117;
/** Divisors of milliseconds by the letters of a unit; a factor of milliseconds is negative. */
const NANO = 1e6;
const MICRO = 1e3;

/**
 * Reads what Go's `time.Duration` prints (`441ns`, `12.291µs`, `1.2ms`, `4.7s`, `2m14s`, `1h0m3s`) between two indices
 * of UTF-8.
 *
 * @returns Milliseconds; NaN for anything else, and for less than nothing (a clock that went back).
 */
export function goDurationMs(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || bytes[from] === MINUS) return Number.NaN;
  let total = 0;
  let at = from;
  while (at < to) {
    let whole = 0;
    let scale = 1;
    let digits = 0;
    let point = false;
    for (; at < to; at += 1) {
      const code = bytes[at]!;
      if (code >= ZERO && code <= ZERO + 9) {
        whole = whole * 10 + code - ZERO;
        digits += 1;
        if (point) scale *= 10;
      } else if (code === POINT && !point) point = true;
      else break;
    }
    if (digits === 0 || digits > 18) return Number.NaN;
    const unit = unitAt(bytes, at, to);
    if (unit === 0) return Number.NaN;
    total += partMs(whole, scale, unit);
    at += unitLength(bytes, at, unit);
  }
  return total;
}

/** Units in order of size, 1 to 6; 0 = none. */
function unitAt(bytes: Uint8Array, at: number, to: number): number {
  if (at >= to) return 0;
  const next = at + 1 < to ? bytes[at + 1] : 0;
  switch (bytes[at]!) {
    case 110: // n
      return next === 115 ? 1 : 0;
    case 117: // u
      return next === 115 ? 2 : 0;
    case 194: // µ, the sign of micro, in two bytes
    case 206: // μ, the Greek letter, in two bytes
      return bytes[at + 2] === 115 && (next === 181 || next === 188) ? 2 : 0;
    case 109: // m
      return next === 115 ? 3 : 5;
    case 115: // s
      return 4;
    case 104: // h
      return 6;
    default:
      return 0;
  }
}

function unitLength(bytes: Uint8Array, at: number, unit: number): number {
  if (unit > 3) return 1;
  return bytes[at] === U ? 2 : unit === 2 ? 3 : 2;
}

function partMs(whole: number, scale: number, unit: number): number {
  if (unit === 3) return whole / scale;
  if (unit === 1) return whole / (scale * NANO);
  if (unit === 2) return whole / (scale * MICRO);
  return (whole * (unit === 4 ? 1000 : unit === 5 ? 60_000 : 3_600_000)) / scale;
}

/** The same of a text. */
export function goDurationOf(text: string): number {
  const bytes = Buffer.from(text);
  return goDurationMs(bytes, 0, bytes.length);
}
