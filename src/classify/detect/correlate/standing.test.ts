import { describe, expect, test } from "vitest";
import { spansOf, trialDetection, trialRow, tryDetections } from "../../../../test/support/detect-trial.ts";
import { is } from "../../../model/condition.ts";

const SELECTIONS = {
  a: { class: "http", where: is("path", "/a", "/ab") },
  b: { class: "http", where: is("path", "/b", "/ab") },
} as const;

const told = (steps: string): ReturnType<typeof trialRow>[] =>
  steps.split(" ").map((step) => {
    const [path, second] = step.split("@");
    return trialRow(Number(second), { path: `/${path}` });
  });

type Spans = readonly (readonly [first: number, last: number, rows: number])[];

describe("first", () => {
  test.for<[string, string, Spans]>([
    ["one row", "a@5", [[5, 5, 1]]],
    ["others do not count", "x@5", []],
    ["all that follow are the same alert, however late", "a@0 a@10 a@999999", [[0, 999_999, 3]]],
    ["in order of coming, whatever the clock says", "a@100 a@5", [[5, 100, 2]]],
  ])("%s", ([, steps, expected]) => {
    const detection = trialDetection({ kind: "first", of: "a", by: ["sourceIp"] }, SELECTIONS);
    expect(spansOf(tryDetections([detection], told(steps)).closed)).toEqual(expected);
  });

  test("each group has its own", () => {
    const rows = ["203.0.113.1", "203.0.113.2", "203.0.113.1"].map((sourceIp, n) =>
      trialRow(n, { path: "/a", sourceIp }),
    );
    const detection = trialDetection({ kind: "first", of: "a", by: ["sourceIp"] }, SELECTIONS);
    expect(tryDetections([detection], rows).opened.map((alert) => [alert.number, alert.group, alert.peer])).toEqual([
      [1, { sourceIp: "203.0.113.1" }, "203.0.113.1"],
      [2, { sourceIp: "203.0.113.2" }, "203.0.113.2"],
    ]);
  });
});

describe("change from a to b", () => {
  test.for<[string, string, Spans]>([
    ["from, to", "a@0 b@9", [[0, 9, 2]]],
    ["to, from", "b@0 a@9", []],
    ["to alone", "b@0 b@1", []],
    ["long after", "a@0 b@99999999", [[0, 99_999_999, 2]]],
    ["further rows of to are counted in", "a@0 b@1 b@2 b@3", [[0, 3, 4]]],
    ["the newest from is the evidence", "a@0 a@5 b@9", [[5, 9, 2]]],
    [
      "back and forth",
      "a@0 b@1 a@2 b@3",
      [
        [0, 1, 2],
        [2, 3, 2],
      ],
    ],
    ["back only", "a@0 b@1 a@2", [[0, 1, 2]]],
    ["neither changes nothing", "a@0 x@1 b@2", [[0, 2, 2]]],
    ["in order of coming", "a@9 b@3", [[3, 9, 2]]],
    ["one row that is both makes no change", "ab@0", []],
    ["a row that is both does not end it", "a@0 b@1 ab@2 b@3", [[0, 3, 4]]],
    ["two rows that are both do", "ab@0 ab@1", [[0, 1, 2]]],
  ])("%s", ([, steps, expected]) => {
    const detection = trialDetection({ kind: "change", from: "a", to: "b", by: ["observer"] }, SELECTIONS);
    expect(spansOf(tryDetections([detection], told(steps)).closed)).toEqual(expected);
  });
});
