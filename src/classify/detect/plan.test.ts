import { expect, test } from "vitest";
import { trialDetection, trialRow, TRIAL_SETTING } from "../../../test/support/detect-trial.ts";
import { all, any, contains, is, not } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";
import type { Correlation } from "../../model/detection.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { processEvent } from "../../model/make-event.ts";
import { isCandidate, planDetections } from "./plan.ts";

const HEAD = { at: 0, observer: "gpu-1", product: "x", place: { source: 0, line: 1, offset: 0, text: "" } };
const ROW = trialRow(0);
const CHILD = processEvent(HEAD, { executable: "/usr/bin/ollama", commandLine: "ollama runner --model x" });
const SHELL = processEvent(HEAD, { executable: "/bin/sh", commandLine: "sh -c id" });

function planOf(condition: Condition, eventClass: EventClass): ReturnType<typeof planDetections> {
  const selections = { one: { class: eventClass, where: condition } };
  return planDetections([trialDetection({ kind: "first", of: "one", by: [] }, selections)], TRIAL_SETTING);
}

test.for<[string, Condition, child: boolean, shell: boolean]>([
  ["it is known", is("knownChild", true), true, true],
  ["it is not", is("knownChild", false), true, true],
  ["not, that it is known", not(is("knownChild", true)), true, true],
  ["not, that it is not", not(is("knownChild", false)), true, true],
  ["not at all", not(any(is("knownChild", true), all(is("knownChild", false)))), true, true],
  ["where the rest is unmet", all(is("knownChild", false), is("user", "x")), false, false],
  ["where the rest of a not is met", not(any(is("knownChild", false), contains("executable", "sh"))), true, false],
])("a child may matter while the version that judges it is unknown: %s", ([, condition, child, shell]) => {
  const plan = planOf(condition, "process");
  expect([isCandidate(plan, CHILD), isCandidate(plan, SHELL)]).toEqual([child, shell]);
});

test.for<[string, Correlation, LogEvent, boolean]>([
  [
    "no value to tell apart",
    { kind: "distinct", of: "one", field: "origin", by: [], atLeast: 1, withinSeconds: 1 },
    ROW,
    false,
  ],
  [
    "no number to add",
    { kind: "sum", of: "one", field: "responseBytes", by: [], atLeast: 1, withinSeconds: 1 },
    ROW,
    false,
  ],
  ["no group", { kind: "first", of: "one", by: ["user"] }, ROW, false],
  [
    "no address to compare",
    { kind: "disagree", claimed: "one", seen: "one", withinSeconds: 1 },
    trialRow(0, { sourceIp: null }),
    false,
  ],
  ["no machine named", { kind: "first", of: "one", by: ["observer"] }, trialRow(0, { observer: null }), true],
])("a row that its correlation leaves out is no candidate: %s", ([, correlation, event, expected]) => {
  const plan = planDetections([trialDetection(correlation, { one: { class: "http", where: all() } })], TRIAL_SETTING);
  expect(isCandidate(plan, event)).toBe(expected);
});

test.for<[string, Correlation]>([
  ["a selection that is not there", { kind: "first", of: "two", by: [] }],
  ["a selection of every object", { kind: "first", of: "toString", by: [] }],
  ["no step", { kind: "sequence", steps: [], by: [], withinSeconds: 1 }],
  ["too many steps", { kind: "sequence", steps: Array<string>(31).fill("one"), by: [], withinSeconds: 1 }],
  ["nothing to count", { kind: "count", of: "one", by: [], atLeast: 0, withinSeconds: 1 }],
  ["no number", { kind: "count", of: "one", by: [], atLeast: Number.NaN, withinSeconds: 1 }],
  ["a window that ends before it begins", { kind: "each", of: "one", by: [], withinSeconds: -1 }],
])("a detection that cannot work is refused: %s", ([, correlation]) => {
  const detection = trialDetection(correlation, { one: { class: "http", where: all() } });
  expect(() => planDetections([detection], TRIAL_SETTING)).toThrow(RangeError);
});
