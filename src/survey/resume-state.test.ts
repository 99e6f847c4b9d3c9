import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyTally } from "./coverage.ts";
import { parseResumeState } from "./resume-state.ts";

const STATE = {
  schema: 1,
  started_at: "2026-01-10T00:00:00.000Z",
  space: "s",
  seed: "7",
  next: 10,
  asked: [3, 9],
  waiting: [1],
  tally: { ...emptyTally(), skipped: { port: 2 }, gaps: [{ from: "a", to: "b", reason: "interrupted" }] },
  saved_at_ms: 5,
  done: false,
  stopped_for: "pilot",
};

test("a state survives JSON", () => {
  expect(parseResumeState(JSON.parse(JSON.stringify(STATE)))).toEqual({ ok: true, value: STATE });
});

test("a state of an earlier version, which kept no reason, was interrupted", () => {
  const { stopped_for: _, ...earlier } = STATE;
  expect(parseResumeState(earlier)).toEqual({ ok: true, value: { ...STATE, stopped_for: "stopped" } });
});

test.each([
  ["no object", null],
  ["a reason that is none", { ...STATE, stopped_for: "toString" }],
  ["another schema", { ...STATE, schema: 2 }],
  ["a missing field", { ...STATE, seed: undefined }],
  ["a negative step", { ...STATE, next: -1 }],
  ["an open step beyond the walk", { ...STATE, asked: [10] }],
  ["a step twice", { ...STATE, asked: [3, 3] }],
  ["a fraction", { ...STATE, waiting: [0.5] }],
  ["a count that is a text", { ...STATE, tally: { ...STATE.tally, requests: "1" } }],
  ["answers that are missing", { ...STATE, tally: { ...STATE.tally, answers: { open: 1 } } }],
  ["a gap that is none", { ...STATE, tally: { ...STATE.tally, gaps: [null] } }],
])("%s is refused", (_, state) => {
  expect(parseResumeState(state).ok).toBe(false);
});

test("nothing that JSON can hold makes it throw", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseResumeState(value).ok).toBe(false);
      expect(parseResumeState({ ...STATE, tally: value }).ok).toBe(false);
    }),
  );
});
