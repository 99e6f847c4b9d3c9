import { expect, test } from "vitest";
import { failuresIn, type TestReport, verdictOn } from "../../scripts/test-report.ts";

function file(status: string, ...tests: readonly string[]): TestReport["testResults"][number] {
  return { name: "a.test.ts", status, assertionResults: tests.map((one) => ({ fullName: "a b", status: one })) };
}

test.for<
  readonly [
    name: string,
    files: TestReport["testResults"],
    exitCode: number,
    strict: boolean,
    passed: number,
    failed: number,
  ]
>([
  ["all passed", [file("passed", "passed", "passed"), file("passed", "passed")], 0, true, 3, 0],
  ["one failed", [file("failed", "passed", "failed")], 1, true, 1, 1],
  ["a skipped test passes at home", [file("passed", "passed", "skipped")], 0, false, 1, 0],
  ["a skipped test fails in CI", [file("passed", "passed", "skipped")], 0, true, 1, 1],
  ["a todo fails in CI", [file("passed", "passed", "todo")], 0, true, 1, 1],
  ["a file that did not load", [file("failed"), file("passed", "passed")], 1, false, 1, 1],
  ["a hook that failed: its tests are skipped", [file("failed", "passed", "skipped")], 1, false, 1, 1],
  ["an error outside every test", [file("passed", "passed")], 1, false, 1, 1],
  ["no test", [], 0, false, 0, 1],
  ["a killed run without report", [], 137, true, 0, 1],
])("%s", ([, testResults, exitCode, strict, passed, failed]) => {
  const { tally, complaints } = verdictOn({ testResults }, exitCode, strict);
  expect(tally).toEqual({ passed, failed });
  const shownByVitest = testResults
    .flatMap((one) => one.assertionResults)
    .filter((one) => one.status === "failed").length;
  expect(complaints).toHaveLength(failed - shownByVitest);
});

test("a failed test is told with its file and what went wrong", () => {
  const failed = { fullName: "a b", status: "failed", failureMessages: ["expected 1 to be 2"] };
  const passed = { fullName: "c d", status: "passed" };
  const testResults = [{ name: "a.test.ts", status: "failed", assertionResults: [passed, failed] }];
  expect(failuresIn({ testResults })).toEqual(["a.test.ts\n  a b\nexpected 1 to be 2"]);
});
