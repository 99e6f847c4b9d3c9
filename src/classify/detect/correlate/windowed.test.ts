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

const at = (...seconds: readonly number[]): readonly ReturnType<typeof trialRow>[] =>
  seconds.map((second) => trialRow(second));

describe("each, within 10 s", () => {
  test.for<[string, readonly number[], Spans]>([
    ["one row", [5], [[5, 5, 1]]],
    ["no row", [], []],
    ["just within", [0, 10], [[0, 10, 2]]],
    [
      "just beyond",
      [0, 10.001],
      [
        [0, 0, 1],
        [10.001, 10.001, 1],
      ],
    ],
    ["a chain is longer than the window", [0, 8, 16, 24], [[0, 24, 4]]],
    ["the same millisecond", [3, 3, 3], [[3, 3, 3]]],
    ["late by as much as the window", [10, 0], [[0, 10, 2]]],
    [
      "the clock set back",
      [100, 10, 12],
      [
        [100, 100, 1],
        [10, 12, 2],
      ],
    ],
  ])("%s", ([, seconds, expected]) => {
    expect(spans({ kind: "each", of: "any", by: [], withinSeconds: 10 }, at(...seconds))).toEqual(expected);
  });
});

describe("count, 3 within 10 s", () => {
  test.for<[string, readonly number[], Spans]>([
    ["two", [0, 1], []],
    ["three", [0, 1, 2], [[0, 2, 3]]],
    ["both ends of the window count", [0, 5, 10], [[0, 10, 3]]],
    ["a millisecond more does not", [0, 5, 10.001], []],
    ["it slides", [0, 8, 12, 16], [[8, 16, 3]]],
    ["further rows are counted in", [0, 1, 2, 12, 22], [[0, 22, 5]]],
    ["once quiet it begins anew", [0, 1, 2, 13, 14], [[0, 2, 3]]],
    [
      "and can speak again",
      [0, 1, 2, 13, 14, 15],
      [
        [0, 2, 3],
        [13, 15, 3],
      ],
    ],
    ["the same millisecond", [7, 7, 7], [[7, 7, 3]]],
    ["a late row counts", [0, 9, 4], [[0, 9, 3]]],
    ["a late row before the window's beginning does not", [0, 5, 14, 3], []],
    ["the clock set back begins anew", [100, 101, 50, 51], []],
    ["set back, then three", [100, 101, 50, 51, 52], [[50, 52, 3]]],
    ["set forward for one row", [0, 1, 9000, 2], []],
  ])("%s", ([, seconds, expected]) => {
    expect(spans({ kind: "count", of: "any", by: [], atLeast: 3, withinSeconds: 10 }, at(...seconds))).toEqual(
      expected,
    );
  });

  test("of many rows some are evidence, the one that filled the window always", () => {
    const rows = Array.from({ length: 101 }, (_, n) => trialRow(n / 100));
    const many = trialDetection({ kind: "count", of: "any", by: [], atLeast: 101, withinSeconds: 10 }, SELECTIONS);
    const [alert] = tryDetections([many], rows).opened;
    expect([alert?.rows, alert?.firstAt, alert?.lastAt]).toEqual([101, 0, 1000]);
    expect(alert?.evidence.at(-1)?.at).toBe(1000);
  });

  test("groups are apart, exactly as written", () => {
    const rows = ["x", "y", "X", "y", "x"].map((user, second) => trialRow(second, { user }));
    const { closed } = tryDetections(
      [trialDetection({ kind: "count", of: "any", by: ["user"], atLeast: 2, withinSeconds: 10 }, SELECTIONS)],
      rows,
    );
    expect(closed.map((alert) => [alert.group, alert.rows])).toEqual([
      [{ user: "y" }, 2],
      [{ user: "x" }, 2],
    ]);
  });

  test("a row without a value of the group is left out; one that names no machine is not", () => {
    const rows = [trialRow(0, { user: null }), trialRow(1, { user: null })];
    const byUser = trialDetection(
      { kind: "count", of: "any", by: ["user"], atLeast: 1, withinSeconds: 10 },
      SELECTIONS,
    );
    expect(tryDetections([byUser], rows).closed).toEqual([]);
    const nameless = rows.map((row) => ({ ...row, observer: null }));
    const byMachine = trialDetection(
      { kind: "count", of: "any", by: ["observer", "sourceIp"], atLeast: 2, withinSeconds: 10 },
      SELECTIONS,
    );
    expect(tryDetections([byMachine], nameless).closed.map((alert) => alert.group)).toEqual([
      { sourceIp: "203.0.113.9" },
    ]);
  });

  test("addresses are compared in canonical form", () => {
    const rows = ["2001:db8::1", "2001:0DB8:0::1"].map((sourceIp, second) => trialRow(second, { sourceIp }));
    const detection = trialDetection(
      { kind: "count", of: "any", by: ["sourceIp"], atLeast: 2, withinSeconds: 10 },
      SELECTIONS,
    );
    expect(tryDetections([detection], rows).closed.map((alert) => alert.group)).toEqual([{ sourceIp: "2001:db8::1" }]);
  });

  test("values of two fields do not run together", () => {
    const rows = [trialRow(0, { user: "ab", model: "c" }), trialRow(1, { user: "a", model: "bc" })];
    const detection = trialDetection(
      { kind: "count", of: "any", by: ["user", "model"], atLeast: 2, withinSeconds: 10 },
      SELECTIONS,
    );
    expect(tryDetections([detection], rows).closed).toEqual([]);
  });
});
