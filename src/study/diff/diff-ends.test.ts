import { describe, expect, test } from "vitest";
import { Complaint } from "../../model/complaint.ts";
import { chooseEnds } from "./diff-ends.ts";
import type { EndOptions } from "./diff-ends.ts";
import type { DiffRun } from "./diff-run.ts";

const run = (digit: string, changes: Partial<DiffRun> = {}): DiffRun => ({
  run: digit.repeat(32),
  source: "corral",
  startedAt: "2026-01-10T00:00:00.000Z",
  finishedAt: "2026-01-10T01:00:00.000Z",
  scopeName: "office",
  scopeHash: "ab".repeat(32),
  basis: "own",
  shard: "1/1",
  vantage: "inside",
  targets: 5,
  attempted: 5,
  synthetic: false,
  ...changes,
});
const NEWEST = "2026-02-01T00:00:00.000Z";
const given = (from: string | null, to: string | null): EndOptions => ({ from, to });
const IMPORT = run("9", { scopeName: null, scopeHash: null, basis: null, source: "censys" });

describe("runs", () => {
  test.for<readonly [name: string, runs: readonly DiffRun[], options: EndOptions, ends: readonly [string, string]]>([
    ["the last two", [run("1"), run("2"), run("3")], given(null, null), ["2", "3"]],
    ["of the same scope", [run("1"), run("2", { scopeName: "lab" }), run("3")], given(null, null), ["1", "3"]],
    ["of the same shard", [run("1"), run("2", { shard: "1/2" }), run("3")], given(null, null), ["1", "3"]],
    ["from the same place", [run("1"), run("2", { vantage: "outside" }), run("3")], given(null, null), ["1", "3"]],
    ["no import among them", [run("1"), run("2"), IMPORT], given(null, null), ["1", "2"]],
    ["rather one that finished", [run("1"), run("2", { finishedAt: null }), run("3")], given(null, null), ["1", "3"]],
    ["or else one that did not", [run("2", { finishedAt: null }), run("3")], given(null, null), ["2", "3"]],
    ["the newest although unfinished", [run("1"), run("2", { finishedAt: null })], given(null, null), ["1", "2"]],
    ["from a run to the newest", [run("1"), run("2"), run("3")], given("111111", null), ["1", "3"]],
    ["to a run from the one before", [run("1"), run("2"), run("3")], given(null, "222222"), ["1", "2"]],
    ["two that are named, of any scope", [run("1"), IMPORT], given("1".repeat(32), "999999"), ["1", "9"]],
  ])("%s", ([, runs, options, [from, to]]) => {
    expect(chooseEnds(options, runs, NEWEST)).toMatchObject({
      kind: "runs",
      from: { run: from.repeat(32) },
      to: { run: to.repeat(32) },
    });
  });
});

test.for<readonly [EndOptions, string, string]>([
  [given("2026-01-01", "2026-01-15"), "2026-01-01T00:00:00.000Z", "2026-01-15T00:00:00.000Z"],
  [given("2026-01-01T12:00:00+02:00", null), "2026-01-01T10:00:00.000Z", NEWEST],
])("times: %j", ([options, from, to]) => {
  expect(chooseEnds(options, [], NEWEST)).toEqual({ kind: "times", from, to });
});

test.for<readonly [name: string, runs: readonly DiffRun[], options: EndOptions, message: RegExp]>([
  ["no survey", [IMPORT], given(null, null), /^--lake: holds no survey$/u],
  [
    "only one",
    [run("1")],
    given(null, null),
    /^--lake: holds no run before 1{32} of the same scope, shard and vantage$/u,
  ],
  ["no such run", [run("1")], given("abcdef", null), /^--from: abcdef: the lake holds no such run$/u],
  ["several", [run("1"), run("1")], given("111111", null), /^--from: 111111: begins 2 runs$/u],
  ["neither time nor run", [], given("yesterday", null), /^--from: yesterday: neither a time .* nor a run/u],
  ["SQL", [], given("1' OR 1=1 --", null), /neither a time .* nor a run/u],
  ["the same run", [run("1")], given("111111", "111111"), /^--from: is the same run as --to$/u],
  ["mixed", [run("1")], given("2026-01-01", "111111"), /one is a run, the other a time$/u],
  ["mixed the other way", [run("1")], given("111111", "2026-01-01"), /one is a run, the other a time$/u],
  ["only the end", [], given(null, "2026-01-01"), /^--from: is missing/u],
  ["backwards", [], given("2026-01-02", "2026-01-01"), /is not before --to$/u],
  ["after everything", [], given("2027-01-02", null), /is not before the newest observation$/u],
])("is told clearly: %s", ([, runs, options, message]) => {
  const choose = (): unknown => chooseEnds(options, runs, NEWEST);
  expect(choose).toThrow(Complaint);
  expect(choose).toThrow(message);
});
