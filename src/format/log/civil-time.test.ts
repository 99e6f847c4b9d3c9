import fc from "fast-check";
import { expect, test } from "vitest";
import { dayMs, isoTimeAt, zoneWords } from "./civil-time.ts";

const DAYS = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T00:00:00Z"),
  noInvalidDate: true,
});

test("a day's midnight is the one that the calendar of the platform knows", () => {
  fc.assert(
    fc.property(DAYS, (day) => {
      const midnight = Date.parse(`${day.toISOString().slice(0, 10)}T00:00:00Z`);
      expect(dayMs(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())).toBe(midnight);
    }),
  );
});

test.for([
  [2026, 2, 29],
  [1900, 2, 29],
  [2026, 13, 1],
  [2026, 0, 1],
  [2026, 4, 31],
  [2026, 1, 0],
  [-1, 1, 1],
] as const)("there is no day %o", ([year, month, day]) => {
  expect(dayMs(year, month, day)).toBeNaN();
});

test("a time with zone is the moment that the platform reads", () => {
  const zone = fc.tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 14 }), fc.constantFrom(0, 15, 30, 45));
  fc.assert(
    fc.property(DAYS, zone, (day, [sign, hours, minutes]) => {
      const two = (value: number): string => String(value).padStart(2, "0");
      const text = `${day.toISOString().slice(0, -1)}${sign}${two(hours)}:${two(minutes)}`;
      const east = (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
      const read = isoTimeAt(text, 0);
      expect(read).toEqual({ ms: Date.parse(text), zoneMinutes: east + 0, end: text.length });
    }),
  );
});

test.for([
  ["2026-01-30T10:05:11Z", 0, 20],
  ["2026-01-30 10:05:11.123456789+0530", 330, 34],
  ["2026-01-30T10:05:11,5", null, 21],
  ["2026-01-30T10:05:60Z", 0, 20],
] as const)("the time %o has its zone and end", ([text, zoneMinutes, end]) => {
  expect(isoTimeAt(text, 0)).toMatchObject({ zoneMinutes, end });
});

test.for(["2026-1-30T10:05:11Z", "2026-01-30", "2026-01-30T25:00:00Z", "2026/01/30T10:05:11Z", "", "x"])(
  "%o is no time",
  (text) => {
    expect(isoTimeAt(text, 0)).toBeNull();
  },
);

test.for([
  [0, "UTC"],
  [60, "+01:00"],
  [-210, "-03:30"],
] as const)("the zone %o in words", ([minutes, words]) => {
  expect(zoneWords(minutes)).toBe(words);
});
