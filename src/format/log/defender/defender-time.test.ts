import { expect, test } from "vitest";
import { instantOf } from "../../../model/instant.ts";
import { defenderTime } from "./defender-time.ts";

test.for([
  ["2026-01-30T10:05:11.1234567Z", "2026-01-30T10:05:11.123Z"],
  ["2026-01-30T12:05:11+02:00", "2026-01-30T10:05:11.000Z"],
  ["Jan 30, 2026 10:05:11 AM", "2026-01-30T10:05:11.000Z"],
  ["Jan 30, 2026 12:05:11 AM", "2026-01-30T00:05:11.000Z"],
  ["Jan 30, 2026, 12:05:11.5 PM", "2026-01-30T12:05:11.500Z"],
  ["1/2/2026, 1:05:11.250 PM", "2026-01-02T13:05:11.250Z"],
  ["1/2/2026 13:05:11", "2026-01-02T13:05:11.000Z"],
] as const)("%s is %s", ([text, expected]) => {
  expect(instantOf(defenderTime(text) ?? 0)).toBe(expected);
});

test.for([
  "",
  "yesterday",
  "Foo 30, 2026 10:05:11 AM",
  "Feb 30, 2026 10:05:11 AM",
  "1/2/2026 25:05:11",
  "13/13/2026 1:00:00",
])("%j is no time", (text) => {
  expect(defenderTime(text)).toBeNull();
});
