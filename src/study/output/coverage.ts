import type { NumbersOutput } from "../output.ts";

/** What all runs together attempted and finished. */
export const COVERAGE: NumbersOutput = {
  kind: "numbers",
  id: "coverage",
  caption: "What was asked",
  definition:
    "Sums over all runs that count their targets; a target asked in two runs counts twice. Imports know no targets: they are " +
    "told apart in the first two rows.",
  source: "the run rows of the lake",
  words: {
    counting_runs: "runs that count their targets",
    other_runs: "runs that do not (imports)",
    targets: "targets in scope",
    attempted: "targets attempted",
    finished: "targets finished",
    skipped: "targets not asked (opt-out, exclusion, interval)",
    requests: "requests sent",
    cards: "model cards asked",
    gaps: "gaps",
  },
  sql: `SELECT COUNT(attempted) AS counting_runs, COUNT(*) - COUNT(attempted) AS other_runs, SUM(targets) AS targets,
  SUM(attempted) AS attempted, SUM(finished) AS finished, SUM(skipped) AS skipped, SUM(requests) AS requests,
  SUM(cards) AS cards, SUM(gap_count) AS gaps
FROM run`,
};
