import type { Row } from "../store/snapshot.ts";
import type { DistributionKind } from "./distribution.ts";

/** One figure or table of the report: what it means, where that meaning is written, and the one query that counts it. */
export type Output = SharesOutput | NumbersOutput | DaysOutput | RowsOutput;

interface Defined {
  /** Key in `report.json`; never changes its meaning. */
  readonly id: string;
  readonly caption: string;
  /** What is counted, in full sentences: unit, rule, what is unknown. */
  readonly definition: string;
  readonly source: string;
  /** Said when there is no row; `nothing to show` if absent. */
  readonly nothing?: string;
  readonly sql: string;
}

/** Rows `item, counted, of_units, unknown_units`, in the order in which they are to be read. */
export interface SharesOutput extends Defined, DistributionKind {
  readonly kind: "shares";
  /** What is counted: `hosts`, `services`, `model instances`. */
  readonly unit: string;
  /** Words for items of a closed list; an item without one is shown as it is. */
  readonly words?: Readonly<Record<string, string>>;
  /** The unknown are not among those it is of: a denominator of the known only. */
  readonly unknownBeside?: boolean;
  /** Whether strangers wrote the items. */
  readonly outside: boolean;
}

/** One row of numbers of the whole, told one by one in the order of `words` (column → its name). */
export interface NumbersOutput extends Defined {
  readonly kind: "numbers";
  readonly words: Readonly<Record<string, string>>;
}

/** Rows `day, counted`: one per UTC date on which somebody looked. */
export interface DaysOutput extends Defined {
  readonly kind: "days";
  readonly unit: string;
}

/** Rows as the columns say. */
export interface RowsOutput extends Defined {
  readonly kind: "rows";
  readonly columns: readonly RowsColumn[];
  /** The column that counts units: rows below the floor are left out; `null` = rows of the report's own making. */
  readonly floorOn: string | null;
  /** Names single services: only in a full report. */
  readonly fullOnly: boolean;
  /** What the query cannot know: turns its rows into those shown, before the floor. */
  readonly complete?: (rows: readonly Row[]) => readonly Row[];
}

export interface RowsColumn {
  /** Column of the query. */
  readonly from: string;
  readonly name: string;
  readonly holds: "text" | "outside" | "number";
}
