import type { Inline } from "./inline.ts";

/** A figure as numbers; drawing is a pure function of them. */
export type Figure = Bars | Parts | Columns | Histogram | CountryMap | Ranks | Lorenz | Matrix | Survival;

const FIGURE_KINDS: Readonly<Record<Figure["kind"], true>> = {
  bars: true,
  parts: true,
  columns: true,
  histogram: true,
  "country-map": true,
  ranks: true,
  lorenz: true,
  matrix: true,
  survival: true,
};

/** Tells a figure among other pieces of a document. */
export function isFigure(piece: { readonly kind: string }): piece is Figure {
  return Object.hasOwn(FIGURE_KINDS, piece.kind);
}

interface Titled {
  readonly title: string;
  /** The figure in one sentence, for who cannot see it: what is drawn and its main numbers. */
  readonly alt: string;
  /** What a figure that may leave its page says of itself; without one the text beside it does. */
  readonly frame?: Frame;
}

/** What a figure counts, of how many, and where that comes from. */
export interface Frame {
  /** `hosts`, `model instances`. */
  readonly unit: string;
  /** The denominator in words: `of 175,108 hosts, 120 without a country`. */
  readonly of: string;
  /** Whose observations, of which days. */
  readonly source: string;
}

interface Framed extends Titled {
  readonly frame: Frame;
}

/** Labelled horizontal bars, each a share of its own whole. They need not add up. */
export interface Bars extends Titled {
  readonly kind: "bars";
  readonly rows: readonly BarRow[];
  /** What the two pieces of a bar mean: `can call tools`, `cannot tell`; without it the text beside says so. */
  readonly words?: { readonly value: string; readonly unknown: string };
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

/** Upright columns over classes in their order, each with its number; the unknown stand apart. */
export interface Histogram extends Framed {
  readonly kind: "histogram";
  /** Up to seven, the unknown among them, have room for their names on a phone; more are named in part. */
  readonly rows: readonly HistogramRow[];
  /** Units of which the class is not known; `null` = every class is. */
  readonly unknown: HistogramRow | null;
}

export interface HistogramRow {
  readonly label: string;
  /** `null` = withheld. */
  readonly value: number | null;
}

/** Countries shaded by a count, in classes; who the map cannot draw stands in the list under it. */
export interface CountryMap extends Framed {
  readonly kind: "country-map";
  readonly rows: readonly CountryRow[];
  /** Number that every share is of. */
  readonly whole: number;
  /** Units in countries that are not named because they hold too few; 0 = none. */
  readonly withheld: number;
  /** Units without a country. */
  readonly unknown: number;
}

export interface CountryRow {
  /** Two letters of ISO 3166-1; what is no such code is listed as it is. */
  readonly country: string;
  /** Units, 0 and more; `null` = this country's number is withheld. */
  readonly value: number | null;
}

/** Ranks over time, one line each, named at its end. */
export interface Ranks extends Framed {
  readonly kind: "ranks";
  /** Names of the steps in time, in order: `2025-06`. */
  readonly steps: readonly string[];
  readonly rows: readonly RankRow[];
}

export interface RankRow {
  readonly label: Inline;
  /** One a step, 1 = first; `null` = without a rank or withheld then. Ranks beyond 15 are not drawn. */
  readonly ranks: readonly (number | null)[];
}

/** How unevenly an amount is spread over units: the curve under the line of equality. */
export interface Lorenz extends Framed {
  readonly kind: "lorenz";
  /** What the axes count: `hosts` hold `observations`. */
  readonly units: string;
  readonly amount: string;
  /** Cumulative shares, 0 to 1, from who holds least; the corners (0, 0) and (1, 1) are drawn in any case. */
  readonly points: readonly LorenzPoint[];
  /** 0 = all hold the same, 1 = one holds all; `null` = not defined. */
  readonly gini: number | null;
}

export interface LorenzPoint {
  readonly units: number;
  readonly amount: number;
}

/** Shares in a grid of groups and traits, shaded in fixed classes so that two grids compare. */
export interface Matrix extends Framed {
  readonly kind: "matrix";
  /** Up to twelve are drawn. */
  readonly columns: readonly Inline[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixRow {
  readonly label: Inline;
  /** One a column: a share of 0 to 1; `withheld`; `null` = not among those told. */
  readonly cells: readonly (number | "withheld" | null)[];
}

/** The share still there after a time, as a curve that falls in steps, with the number at risk under it. */
export interface Survival extends Framed {
  readonly kind: "survival";
  /** `weeks since first seen`. */
  readonly time: string;
  /** In order of `at`; the curve begins with 1 at time 0. */
  readonly steps: readonly SurvivalStep[];
}

export interface SurvivalStep {
  readonly at: number;
  /** Share from `at` on, 0 to 1. */
  readonly share: number;
  /** Units still watched just before `at`; `null` = withheld. */
  readonly atRisk: number | null;
}
