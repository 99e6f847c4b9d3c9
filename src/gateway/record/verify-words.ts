import type { TrailVerdict } from "./verify-trail.ts";

/** A verdict as the lines that `corral gateway audit verify` prints. */
export function verdictWords(verdict: TrailVerdict): string {
  const { findings, lines, rows, checkpoints, signedUntil, unsigned } = verdict;
  const signed =
    signedUntil === null
      ? "no checkpoint holds: nothing is signed"
      : `signed until line ${signedUntil.seq}, ${signedUntil.at}`;
  const whole = findings.length === 0 ? "whole" : `NOT whole: ${findings.length} ${plural(findings.length, "finding")}`;
  return [
    `the trail is ${whole}`,
    `${lines} lines: ${rows} rows, ${checkpoints} ${plural(checkpoints, "checkpoint")}`,
    unsigned === 0 ? signed : `${signed}; ${unsigned} rows after it are chained but not signed yet`,
    "",
  ].join("\n");
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
