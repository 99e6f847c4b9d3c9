import { expect, test } from "vitest";
import { mannerOf, PUBLISHED_MANNER, whyNot } from "./manner.ts";

const SURVEYED = { attempted_days: 290, days: 293, asked_runs: 290, stored_runs: 0 };

test("a lake's manner is read from its method row", () => {
  expect(mannerOf(SURVEYED)).toEqual({
    population: "union",
    unit: "address",
    confirmation: "asked",
    attemptedDays: 290,
    days: 293,
  });
  expect(mannerOf({ attempted_days: 1, asked_runs: 0, stored_runs: 1 })).toMatchObject({
    population: "snapshot",
    confirmation: "stored",
  });
  expect(mannerOf({ attempted_days: 2, asked_runs: 1, stored_runs: 1 })).toMatchObject({ confirmation: "mixed" });
  expect(mannerOf({ attempted_days: 0 })).toMatchObject({ population: "empty" });
});

test.each([
  ["a union of the same length", SURVEYED, "T2", null],
  ["a snapshot", { ...SURVEYED, attempted_days: 1 }, "F3", "one is a snapshot, the other a union"],
  [
    "a month, by cadence",
    { ...SURVEYED, attempted_days: 30 },
    "T2",
    "it depends on how often somebody looked: on 30 days, on 293",
  ],
  ["a month, of what models there are", { ...SURVEYED, attempted_days: 30 }, "F3", null],
])("beside the study: %s", (_name, run, output, reason) => {
  expect(whyNot(mannerOf(run), PUBLISHED_MANNER, { output, isCount: false })).toBe(reason);
});

test("a count of hosts grows with every look, whatever its output", () => {
  const month = mannerOf({ ...SURVEYED, attempted_days: 30 });
  expect(whyNot(month, PUBLISHED_MANNER, { output: "T8", isCount: true })).toBe(
    "it depends on how often somebody looked: on 30 days, on 293",
  );
});

test("stored replies and questions of one's own are not set beside each other", () => {
  const stored = mannerOf({ ...SURVEYED, asked_runs: 0, stored_runs: 3 });
  expect(whyNot(mannerOf(SURVEYED), stored, { output: "F3", isCount: false })).toBe(
    "observations are confirmed otherwise (asked, stored)",
  );
});
