import type { Inline } from "./inline.ts";

/** A figure as numbers; drawing is a pure function of them. */
export type Figure = Bars | Parts | Columns;

interface Titled {
  readonly title: string;
  /** The figure in one sentence, for who cannot see it: what is drawn and its main numbers. */
  readonly alt: string;
}

/** Labelled horizontal bars, each a share of its own whole. They need not add up. */
export interface Bars extends Titled {
  readonly kind: "bars";
  readonly rows: readonly BarRow[];
}

export interface BarRow {
  readonly label: Inline;
  readonly value: number;
  readonly whole: number;
  /** Number as shown at the bar's end: `123 · 45.6%`. */
  readonly shown: string;
  /** What may be more of the same, drawn lighter after the bar: unknowns of the same whole. */
  readonly unknown?: number;
}

/** One bar cut into parts that add up to the whole, with its legend. */
export interface Parts extends Titled {
  readonly kind: "parts";
  readonly rows: readonly PartRow[];
}

export interface PartRow {
  readonly label: string;
  readonly value: number;
  readonly shown: string;
  /** Drawn grey: what is left when all that is known is told. */
  readonly isUnknown?: boolean;
}

/** Upright columns over time, one per step; `null` = nobody looked. */
export interface Columns extends Titled {
  readonly kind: "columns";
  readonly unit: string;
  readonly rows: readonly { readonly label: string; readonly value: number | null }[];
}
