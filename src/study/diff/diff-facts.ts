import { type Lake, lakeFacts } from "../lake-facts.ts";
import type { DiffEnds } from "./diff-ends.ts";
import { RUNS_SQL, diffRun } from "./diff-run.ts";
import type { DiffRun } from "./diff-run.ts";

/** What must be known of a lake before two ends of it are compared. */
export interface DiffFacts {
  /** Oldest first. */
  readonly runs: readonly DiffRun[];
  /** Time of the newest observation. */
  readonly newest: string | null;
  /** Bases of everything in the lake; `null` = an import. */
  readonly bases: readonly (string | null)[];
}

/** Asks a lake for its runs, its newest observation and by whose authority it was filled. */
export async function diffFacts(lake: Lake): Promise<DiffFacts> {
  const { newest, bases } = await lakeFacts(lake);
  const runs = (await lake.query(RUNS_SQL)).map(diffRun);
  return { runs, newest, bases };
}

/** By whose authority the two ends were seen: of runs their own, of times everything in the lake. */
export function endBases(ends: DiffEnds, facts: DiffFacts): readonly (string | null)[] {
  return ends.kind === "times" ? facts.bases : [...new Set([ends.from.basis, ends.to.basis])];
}

/** Whether a generator made an end; of times, whether any run of the lake is synthetic. */
export function isSynthetic(ends: DiffEnds, runs: readonly DiffRun[]): boolean {
  return ends.kind === "times" ? runs.some(({ synthetic }) => synthetic) : ends.from.synthetic || ends.to.synthetic;
}

/** What a reader must know before taking a difference for a change. */
export function endNotes(ends: DiffEnds): readonly string[] {
  if (ends.kind === "times") return [];
  const { from, to } = ends;
  const notes: string[] = [];
  if (from.vantage !== to.vantage) {
    notes.push(`the runs looked from different places (${place(from)}, ${place(to)}): a difference may be the place's`);
  }
  if (from.scopeHash !== to.scopeHash && from.scopeHash !== null && to.scopeHash !== null) {
    notes.push(
      "the scope changed between the runs: what only the later one holds is newly open without having been asked before",
    );
  }
  for (const run of [from, to]) {
    if (run.scopeHash === null)
      notes.push(`run ${run.run.slice(0, 8)} is an import: it never says that something closed`);
    else if (run.finishedAt === null)
      notes.push(`run ${run.run.slice(0, 8)} is not finished: what it did not ask is not known`);
  }
  return notes;
}

function place({ vantage }: DiffRun): string {
  return vantage ?? "unknown";
}
