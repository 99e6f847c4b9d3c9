import { describe, expect, test } from "vitest";
import { spansOf, trialDetection, trialRow, tryDetections } from "../../../../test/support/detect-trial.ts";
import { all, is } from "../../../model/condition.ts";
import type { Correlation } from "../../../model/detection.ts";

const SELECTIONS = {
  any: { class: "http", where: all() },
  a: { class: "http", where: is("path", "/a", "/ab") },
  b: { class: "http", where: is("path", "/b", "/ab") },
  c: { class: "http", where: is("path", "/c") },
} as const;

type Spans = readonly (readonly [first: number, last: number, rows: number])[];

function spans(correlation: Correlation, rows: readonly ReturnType<typeof trialRow>[]): Spans {
  return spansOf(tryDetections([trialDetection(correlation, SELECTIONS)], rows).closed);
}

describe("distinct, 3 paths within 10 s", () => {
  test.for<[string, readonly (readonly [number, string])[], Spans]>([
    [
      "the same again is one",
      [
        [0, "/a"],
        [1, "/a"],
        [2, "/b"],
      ],
      [],
    ],
    [
      "three",
      [
        [0, "/a"],
        [1, "/b"],
        [2, "/c"],
      ],
      [[0, 2, 3]],
    ],
    [
      "case counts",
      [
        [0, "/a"],
        [1, "/A"],
        [2, "/c"],
      ],
      [[0, 2, 3]],
    ],
    [
      "rows are the newest of each value",
      [
        [0, "/a"],
        [1, "/a"],
        [2, "/b"],
        [3, "/c"],
      ],
      [[1, 3, 3]],
    ],
    [
      "an old value has left",
      [
        [0, "/a"],
        [5, "/b"],
        [11, "/c"],
      ],
      [],
    ],
    [
      "an old value came again",
      [
        [0, "/a"],
        [5, "/b"],
        [9, "/a"],
        [11, "/c"],
      ],
      [[5, 11, 3]],
    ],
    [
      "both ends of the window count",
      [
        [0, "/a"],
        [5, "/b"],
        [10, "/c"],
      ],
      [[0, 10, 3]],
    ],
    [
      "rows of known values are counted into the alert",
      [
        [0, "/a"],
        [1, "/b"],
        [2, "/c"],
        [3, "/a"],
      ],
      [[0, 3, 4]],
    ],
    [
      "a late value",
      [
        [0, "/a"],
        [9, "/b"],
        [3, "/c"],
      ],
      [[0, 9, 3]],
    ],
    [
      "a late row of a known value changes nothing",
      [
        [5, "/a"],
        [9, "/b"],
        [3, "/a"],
        [14, "/c"],
      ],
      [[5, 14, 3]],
    ],
  ])("%s", ([, told, expected]) => {
    const rows = told.map(([second, path]) => trialRow(second, { path }));
    const correlation = { kind: "distinct", of: "any", field: "path", by: [], atLeast: 3, withinSeconds: 10 } as const;
    expect(spans(correlation, rows)).toEqual(expected);
  });

  test("a row without a value does not count, nor keep the alert open", () => {
    const rows = [trialRow(0, { user: "x" }), trialRow(9, { user: null }), trialRow(18, { user: "x" })];
    const correlation = { kind: "distinct", of: "any", field: "user", by: [], atLeast: 1, withinSeconds: 10 } as const;
    expect(spans(correlation, rows)).toEqual([
      [0, 0, 1],
      [18, 18, 1],
    ]);
  });
});

describe("sum, 100 bytes within 10 s", () => {
  test.for<[string, readonly (readonly [number, number | null])[], Spans]>([
    ["not enough", [[0, 99]], []],
    ["enough at once", [[0, 100]], [[0, 0, 1]]],
    [
      "exactly enough",
      [
        [0, 40],
        [5, 59],
        [10, 1],
      ],
      [[0, 10, 3]],
    ],
    [
      "it slides",
      [
        [0, 90],
        [9, 5],
        [11, 5],
        [12, 89],
      ],
      [],
    ],
    [
      "it slides, then enough",
      [
        [0, 90],
        [9, 5],
        [11, 5],
        [12, 90],
      ],
      [[9, 12, 3]],
    ],
    [
      "unknown is not zero: the row does not count",
      [
        [0, 60],
        [1, null],
        [2, 40],
      ],
      [[0, 2, 2]],
    ],
    [
      "a late row",
      [
        [0, 60],
        [9, 1],
        [4, 39],
      ],
      [[0, 9, 3]],
    ],
    [
      "further rows are counted in",
      [
        [0, 100],
        [9, 0],
        [18, 3],
      ],
      [[0, 18, 3]],
    ],
  ])("%s", ([, told, expected]) => {
    const rows = told.map(([second, responseBytes]) => trialRow(second, { responseBytes }));
    const correlation = {
      kind: "sum",
      of: "any",
      field: "responseBytes",
      by: [],
      atLeast: 100,
      withinSeconds: 10,
    } as const;
    expect(spans(correlation, rows)).toEqual(expected);
  });

  test("of many rows neighbours are joined and nothing is lost while they stay in the window", () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => trialRow(n / 1000, { responseBytes: 1 }));
    const correlation = {
      kind: "sum",
      of: "any",
      field: "responseBytes",
      by: [],
      atLeast: 10_000,
      withinSeconds: 10,
    } as const;
    expect(spans(correlation, rows)).toEqual([[0, 9.999, 10_000]]);
  });

  test("joined neighbours leave the window with all their rows", () => {
    const rows = Array.from({ length: 3000 }, (_, n) => trialRow(n / 1000, { responseBytes: 1 }));
    const correlation = {
      kind: "sum",
      of: "any",
      field: "responseBytes",
      by: [],
      atLeast: 9000,
      withinSeconds: 10,
    } as const;
    expect(spans(correlation, [...rows, trialRow(12, { responseBytes: 8000 })])).toEqual([[2, 12, 1001]]);
  });
});

describe("sequence a, b, c within 10 s", () => {
  const told = (steps: string): ReturnType<typeof trialRow>[] =>
    steps.split(" ").map((step) => {
      const [path, second] = step.split("@");
      return trialRow(Number(second), { path: `/${path}` });
    });
  test.for<[string, string, Spans]>([
    ["in order", "a@0 b@1 c@2", [[0, 2, 3]]],
    ["out of order", "b@0 a@1 c@2", []],
    ["others between", "a@0 x@1 b@2 a@3 x@4 c@5", [[0, 5, 3]]],
    ["a step again before the next", "a@0 b@1 b@2 c@3", [[0, 3, 3]]],
    ["both ends of the window count", "a@0 b@5 c@10", [[0, 10, 3]]],
    ["a millisecond too long", "a@0 b@5 c@10.001", []],
    ["the latest beginning lasts", "a@0 b@1 a@5 b@6 c@12", [[5, 12, 3]]],
    ["an early beginning with a late middle does not", "a@0 b@1 a@5 c@12", []],
    ["the same millisecond, in order of coming", "a@0 b@0 c@0", [[0, 0, 3]]],
    ["the same millisecond, wrong order of coming", "b@0 a@0 c@0", []],
    ["one row makes one step", "ab@0 c@1", []],
    ["two such rows make two", "ab@0 ab@1 c@2", [[0, 2, 3]]],
    ["the last step alone", "c@0 c@1", []],
    ["further steps are counted in", "a@0 b@1 c@2 c@3 a@4", [[0, 4, 5]]],
    [
      "quiet, then again",
      "a@0 b@1 c@2 a@13 b@14 c@15",
      [
        [0, 2, 3],
        [13, 15, 3],
      ],
    ],
    ["a late step finds its place", "a@0 c@4 b@2", [[0, 4, 3]]],
    ["a late first step", "b@3 c@4 a@0", [[0, 4, 3]]],
    ["a late step at the wrong place", "a@2 c@4 b@5 b@1", []],
  ])("%s", ([, steps, expected]) => {
    expect(spans({ kind: "sequence", steps: ["a", "b", "c"], by: [], withinSeconds: 10 }, told(steps))).toEqual(
      expected,
    );
  });

  test("steps of different groups make no sequence", () => {
    const rows = told("a@0 b@1 c@2").map((row, n) => ({ ...row, sourceIp: `203.0.113.${n % 2}` }));
    const correlation = { kind: "sequence", steps: ["a", "b", "c"], by: ["sourceIp"], withinSeconds: 10 } as const;
    expect(spans(correlation, rows)).toEqual([]);
  });

  test("the evidence is one row for each step", () => {
    const { opened } = tryDetections(
      [trialDetection({ kind: "sequence", steps: ["a", "b", "c"], by: [], withinSeconds: 10 }, SELECTIONS)],
      told("a@0 a@1 b@2 c@3"),
    );
    expect(opened.map((alert) => alert.evidence.map((row) => row.at))).toEqual([[1000, 2000, 3000]]);
  });
});
