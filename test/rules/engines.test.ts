import { describe, expect, test } from "vitest";
import { KNOWN_DIFFERENCES, LANGUAGE_RUNS } from "./engines/language-runs.ts";
import { readOutcomes } from "./engines/outcomes.ts";

/** A machine with others at work on it takes minutes for what takes seconds alone. */
const PATIENCE_MS = 600_000;

const ROWS = Object.entries(LANGUAGE_RUNS);
const missing = ROWS.flatMap(([id, { isThere }]) => (isThere ? [] : [id]));
if (missing.length > 0)
  process.stderr.write(`not run: rules through engines (${missing.join(", ")}); .ci/run installs them\n`);

describe.for(ROWS)("%s", ([id, { run, isThere }]) => {
  test.skipIf(!isThere)(
    "every rule runs, says what Corral says of the same rows but for what is known, and the matrix tells so",
    async () => {
      const outcomes = run();
      const failed = Object.entries(outcomes).flatMap(([detection, outcome]) =>
        outcome.kind === "failed" ? [`${detection}: ${outcome.error}`] : [],
      );
      expect(failed).toEqual([]);
      const differences = Object.entries(outcomes).flatMap(([detection, outcome]) =>
        outcome.kind === "executed" ? outcome.disagrees.map((one) => `${detection}: ${one}`) : [],
      );
      expect(differences.toSorted()).toEqual(Object.keys(KNOWN_DIFFERENCES[id] ?? {}).toSorted());
      expect(outcomes).toEqual((await readOutcomes())[id]);
    },
    PATIENCE_MS,
  );
});
