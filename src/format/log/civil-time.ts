/**
 * Times of logs as numbers, without `Date`: rows come by the million. Days follow the proleptic Gregorian calendar
 * (algorithm `days_from_civil` of howardhinnant.github.io/date_algorithms.html).
 */

const DAY_MS = 86_400_000;
const ZERO = 48;
const DAYS_BEFORE_1970 = 719_468;
const DAYS_IN_400_YEARS = 146_097;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

/** Digits of a text as a number: `count` of them from `at`; -1 when one of them is none. */
export function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Milliseconds since 1970 of a day's midnight, UTC; NaN when there is no such day. */
export function dayMs(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && year >= 0)) return Number.NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && leap ? 29 : (LENGTHS[month - 1] ?? 0))) return Number.NaN;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * DAYS_IN_400_YEARS + dayOfEra - DAYS_BEFORE_1970) * DAY_MS;
}

/** Milliseconds into the day of `hh:mm:ss` at `at`; a leap second counts as the next one; NaN when it is no time. */
export function clockMs(text: string, at: number): number {
  const hour = digitsAt(text, at, 2);
  const minute = digitsAt(text, at + 3, 2);
  const second = digitsAt(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return Number.NaN;
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Month 1 to 12 of an English short name at `at`, in any case; 0 when it is none. */
export function monthAt(text: string, at: number): number {
  const found = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase());
  return found === -1 || found % 3 !== 0 ? 0 : found / 3 + 1;
}

/** A time with its zone, and where its text ends. */
export interface ZonedTime {
  /** Milliseconds since 1970; in the zone's own time when `zoneMinutes` is `null`. */
  readonly ms: number;
  /** Minutes east of UTC; `null` = the text has no zone. */
  readonly zoneMinutes: number | null;
  /** Index of the first character behind it. */
  readonly end: number;
}

/** Reads `2026-01-30T10:05:11.123456+02:00` (RFC 3339; a space for the T, a comma for the point, zone `+0200`, `Z` or none) at `at`. */
export function isoTimeAt(text: string, at: number): ZonedTime | null {
  const day = dayMs(digitsAt(text, at, 4), digitsAt(text, at + 5, 2), digitsAt(text, at + 8, 2));
  const clock = clockMs(text, at + 11);
  const parted = text.charCodeAt(at + 10);
  if (Number.isNaN(day) || Number.isNaN(clock) || !(parted === 84 || parted === 32 || parted === 116)) return null;
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return null;
  let end = at + 19;
  let fraction = 0;
  const point = text.charCodeAt(end);
  if (point === 46 || point === 44) {
    let scale = 100;
    for (end += 1; isDigit(text.charCodeAt(end)); end += 1) {
      fraction += (text.charCodeAt(end) - ZERO) * scale;
      scale /= 10;
    }
  }
  const zone = zoneAt(text, end);
  const local = day + clock + Math.floor(fraction + 1e-7);
  if (zone === null) return { ms: local, zoneMinutes: null, end };
  return { ms: local - zone.minutes * 60_000, zoneMinutes: zone.minutes, end: zone.end };
}

/** Reads a zone `Z`, `+02:00` or `+0200` at `at`; `null` when none stands there. */
export function zoneAt(text: string, at: number): { readonly minutes: number; readonly end: number } | null {
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) return { minutes: 0, end: at + 1 };
  if (sign !== 43 && sign !== 45) return null;
  const hours = digitsAt(text, at + 1, 2);
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const minutes = digitsAt(text, at + 3 + colon, 2);
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return null;
  const east = hours * 60 + minutes;
  return { minutes: sign === 45 ? 0 - east : east, end: at + 5 + colon };
}

/** A zone in words: `UTC`, `+02:00`. */
export function zoneWords(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}
