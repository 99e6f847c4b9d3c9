import type { Snapshot } from "../store/snapshot.ts";

import { textOrNull } from "./row-values.ts";

/** What a report must know of a lake before it shows anything. */
export interface LakeFacts {
  /** Bases of the scopes that the observations came from; `null` = an import, or a run that the lake does not know. */
  readonly bases: readonly (string | null)[];
  readonly scopes: readonly string[];
  readonly runs: number;
  readonly syntheticRuns: number;
  /** ISO text of the first and the newest observation; `null` = there is none. */
  readonly first: string | null;
  readonly newest: string | null;
  /** Sources that cannot carry every column, with what they lack telling of. */
  readonly carries: readonly { readonly source: string; readonly columns: string }[];
  /** Files of the lake that were left out. */
  readonly damaged: readonly string[];
}

/** The part of a {@link Snapshot} that a report reads. */
export type Lake = Pick<Snapshot, "query" | "table" | "state" | "damaged">;

/** Runs that asked, or that observations name: a file whose lines all name their own run leaves an import that holds nothing. */
const RUNS_SQL = `SELECT source, scope_name, basis, synthetic, CAST(carries AS VARCHAR) AS carries FROM run
WHERE attempted IS NOT NULL OR run IN (SELECT run FROM observation) ORDER BY started_at, run`;
const WINDOW_SQL = `SELECT MIN(seen_at) AS first, MAX(seen_at) AS newest FROM observation`;
const STRAYS_SQL = `SELECT COUNT(*) AS strays FROM observation LEFT JOIN run ON run.run = observation.run WHERE run.run IS NULL`;

/** Asks a lake who looked, when, and by whose authority. */
export async function lakeFacts(lake: Lake): Promise<LakeFacts> {
  const runs = await lake.query(RUNS_SQL);
  const [window] = await lake.query(WINDOW_SQL);
  const [strays] = await lake.query(STRAYS_SQL);
  const bases = runs.map((run) => textOrNull(run, "basis"));
  const carries = runs.flatMap((run) => {
    const columns = textOrNull(run, "carries");
    return columns === null ? [] : [{ source: textOrNull(run, "source") ?? "", columns }];
  });
  return {
    bases: [...new Set(strays?.["strays"] === 0 ? bases : [...bases, null])],
    scopes: [...new Set(runs.flatMap((run) => textOrNull(run, "scope_name") ?? []))],
    runs: runs.length,
    syntheticRuns: runs.filter((run) => run["synthetic"] === true).length,
    first: textOrNull(window, "first"),
    newest: textOrNull(window, "newest"),
    carries: carries.filter((one, index) => carries.findIndex((other) => other.source === one.source) === index),
    damaged: lake.damaged.map(({ file, reason }) => `${file}: ${reason}`),
  };
}

/** Whether every observation was made on the owner's authority: only then may single services be named (rule R14). */
export function mayTellAll(facts: LakeFacts): boolean {
  return facts.bases.every((basis) => basis === "own" || basis === "contract");
}
