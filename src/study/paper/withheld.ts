import type { Value } from "../../store/snapshot.ts";

/** Stands in a cell that holds too few to be shown (docs/study.md S15). */
export const WITHHELD = "withheld";

/** A row as it may be shown: by column of the query. */
export type ShownRow = Readonly<Record<string, Value>>;

/** The rows of one population that may be shown, and how many were left out with their names. */
export interface Shown {
  readonly rows: readonly ShownRow[];
  readonly leftOut: number;
}
