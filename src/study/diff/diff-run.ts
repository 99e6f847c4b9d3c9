import type { Row } from "../../store/snapshot.ts";
import { textOf, textOrNull } from "../row-values.ts";

/** A run as far as the choice of what to compare needs it. */
export interface DiffRun {
  /** 32 hex digits. */
  readonly run: string;
  readonly source: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly scopeName: string | null;
  /** `null` = an import: nobody counted whom it asked. */
  readonly scopeHash: string | null;
  readonly basis: string | null;
  readonly shard: string;
  readonly vantage: string | null;
  readonly targets: number | null;
  readonly attempted: number | null;
  readonly synthetic: boolean;
}

/** Every run of the lake, oldest first. */
export const RUNS_SQL = `SELECT run, source, started_at, finished_at, scope_name, scope_hash, basis, shard, vantage,
  CAST(targets AS DOUBLE) AS targets, CAST(attempted AS DOUBLE) AS attempted, synthetic FROM run ORDER BY started_at, run`;

/** Reads a row of {@link RUNS_SQL}. */
export function diffRun(row: Row): DiffRun {
  return {
    run: textOf(row, "run"),
    source: textOf(row, "source"),
    startedAt: textOf(row, "started_at"),
    finishedAt: textOrNull(row, "finished_at"),
    scopeName: textOrNull(row, "scope_name"),
    scopeHash: textOrNull(row, "scope_hash"),
    basis: textOrNull(row, "basis"),
    shard: textOrNull(row, "shard") ?? "",
    vantage: textOrNull(row, "vantage"),
    targets: count(row, "targets"),
    attempted: count(row, "attempted"),
    synthetic: row["synthetic"] === true,
  };
}

function count(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === "number" ? value : null;
}
