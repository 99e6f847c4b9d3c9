import fc from "fast-check";
import { expect, test } from "vitest";
import { WINDOWS } from "../config/gateway-config.ts";
import { windowAt } from "./calendar-window.ts";

test.for([
  ["minute", "2026-01-31T23:59:59.999Z", "2026-01-31T23:59:00.000Z", "2026-02-01T00:00:00.000Z"],
  ["hour", "2026-01-31T23:59:59.999Z", "2026-01-31T23:00:00.000Z", "2026-02-01T00:00:00.000Z"],
  ["day", "2026-12-31T00:00:00.000Z", "2026-12-31T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ["month", "2026-01-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"],
  ["month", "2026-12-15T12:00:00.000Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ["month", "2028-02-29T12:00:00.000Z", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
  ["month", "2026-02-28T23:59:59.999Z", "2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"],
  ["month", "2100-02-28T23:59:59.999Z", "2100-02-01T00:00:00.000Z", "2100-03-01T00:00:00.000Z"],
  ["month", "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "1970-02-01T00:00:00.000Z"],
] as const)("the %s of %s", ([per, at, start, ends]) => {
  expect(windowAt(per, Date.parse(at))).toEqual({ start: Date.parse(start), ends: Date.parse(ends) });
});

test("a month is the calendar's, for two thousand years", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(3970, 0, 1) }), (at) => {
      const date = new Date(at);
      const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
      const ends = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
      expect(windowAt("month", at)).toEqual({ start, ends });
    }),
    { numRuns: 2000 },
  );
});

test("every moment lies in its window, and the next window begins where it ends", () => {
  fc.assert(
    fc.property(fc.constantFrom(...WINDOWS), fc.integer({ min: 0, max: 4e12 }), (per, at) => {
      const { start, ends } = windowAt(per, at);
      expect(start <= at && at < ends).toBe(true);
      expect(windowAt(per, ends).start).toBe(ends);
      expect(windowAt(per, start)).toEqual({ start, ends });
    }),
  );
});
