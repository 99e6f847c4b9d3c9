import { expect, test } from "vitest";
import { everyDay } from "./every-day.ts";

test("a day on which nobody looked is a gap, across the end of a month", () => {
  const days = [
    { day: "2026-06-29", counted: 3 },
    { day: "2026-07-01", counted: 0 },
  ];
  expect(everyDay(days)).toEqual([
    { day: "2026-06-29", counted: 3 },
    { day: "2026-06-30", counted: null },
    { day: "2026-07-01", counted: 0 },
  ]);
});

test("nothing stays nothing, and a stray date does not make a million days", () => {
  expect(everyDay([])).toEqual([]);
  const stray = [
    { day: "0001-01-01", counted: 1 },
    { day: "2026-07-01", counted: 2 },
  ];
  expect(everyDay(stray)).toEqual(stray);
});
