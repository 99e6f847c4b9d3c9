import { z } from "zod";

/** How many checks passed and how many failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const tallySchema: z.ZodType<Tally> = z.object({ passed: z.int(), failed: z.int() });

/** Adds up; of nothing: nothing. */
export function sumOf(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, one) => sum + one.passed, 0),
    failed: tallies.reduce((sum, one) => sum + one.failed, 0),
  };
}

/** The last line of every run, read by continuous integration. */
export function lastLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed`;
}
