import type { Inline } from "./inline.ts";

/** Rows under named columns; the first column names the row. */
export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Each row has one cell per column. */
  readonly rows: readonly (readonly Inline[])[];
  /** On a phone each row is a card with the columns' names beside the values; left out: the table scrolls in its own box. */
  readonly hasCards?: boolean;
}

export interface Column {
  readonly name: string;
  /** `number`: right-aligned, figures of equal width. */
  readonly holds: "text" | "number";
}
