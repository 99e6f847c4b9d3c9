import { z } from "zod";
import type { Tally } from "./tally.ts";

/** The part of vitest's JSON report that counts. */
export const testReportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
export type TestReport = z.infer<typeof testReportSchema>;

/** A run's count, and what is wrong with it beyond the failed tests that vitest itself shows. */
export interface Verdict {
  readonly tally: Tally;
  readonly complaints: readonly string[];
}

/**
 * Counts a report so that nothing that went wrong counts as nothing.
 *
 * @param exitCode - What vitest exited with: beyond 0 without a failed test, something outside the tests failed.
 * @param strict - Whether a skipped test is a failure (`CI=true`).
 */
export function verdictOn(report: TestReport, exitCode: number, strict: boolean): Verdict {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const failed = tests.filter((test) => test.status === "failed").length;
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  const broken = report.testResults.filter(
    (file) => file.status !== "passed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const complaints = [
    ...broken.map((file) => `${file.name} did not run: ${file.message ?? "no reason given"}`),
    ...(strict ? skipped.map((test) => `skipped: ${test.fullName}`) : []),
    ...(tests.length === 0 ? ["no test ran"] : []),
  ];
  const unexplained = exitCode !== 0 && failed + complaints.length === 0;
  if (unexplained) complaints.push(`vitest exited with ${exitCode} although no test failed`);
  return { tally: { passed, failed: failed + complaints.length }, complaints };
}

/** Every failed test with its file and what went wrong, a paragraph each. */
export function failuresIn(report: TestReport): readonly string[] {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${file.name}\n  ${test.fullName}\n${(test.failureMessages ?? []).join("\n")}`),
  );
}
