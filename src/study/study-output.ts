import type { Row } from "../store/snapshot.ts";
import type { DistributionKind } from "./distribution.ts";

/** One output of the study (docs/study.md): its SQL file says what it counts and by which source, this row how its rows are read. */
export interface StudyOutput {
  /** `T6`, `weekly`; never changes its meaning. */
  readonly id: string;
  /** Name of its file in `sql/`, without the ending. */
  readonly file: string;
  readonly section: StudySection;
  /** What one count counts: `hosts`, `model instances`, `counted observations`. */
  readonly unit: string;
  readonly shape: SharesShape | RowsShape;
  /** Columns that judge or name what strangers wrote are told as theirs. */
  readonly needs: readonly Need[];
}

export const STUDY_SECTIONS = ["scale", "time", "places", "models", "capabilities", "risk", "concentration"] as const;
export type StudySection = (typeof STUDY_SECTIONS)[number];

/** What a lake must have for an output to be defined; without it the report says why it is not. */
export type Need =
  | "hosts" // a counted observation
  | "places" // a host with a country
  | "networks" // a host with an AS number
  | "lists" // a list of models
  | "cards" // a card
  | "running" // a list of loaded models
  | "two-days" // two attempted days
  | "two-months" // counted observations in two months
  | "two-weeks" // attempts in two weeks
  | "two-sources"; // counted observations of two sources

/** Rows `population, item, counted, of_units, unknown_units`. */
export interface SharesShape extends DistributionKind {
  readonly kind: "shares";
  /** Words for items of a closed list; an item without one is shown as it is. */
  readonly words?: Readonly<Record<string, string>>;
  /** The unknown are not among those it is of. */
  readonly unknownBeside?: boolean;
  /** Whether strangers wrote the items. */
  readonly outside: boolean;
}

/** Rows with columns of their own. */
export interface RowsShape {
  readonly kind: "rows";
  readonly columns: readonly StudyColumn[];
  /** Columns of ours along which the cells add up to a number that is shown: to a row of their own, or to what they are of. */
  readonly addsUp?: readonly { readonly column: string }[];
  /** Adds what the query cannot tell, before the floor. */
  readonly finish?: (rows: readonly Row[]) => readonly Row[];
}

export interface StudyColumn {
  /** Column of the query. */
  readonly from: string;
  readonly name: string;
  /**
   * `text`: a word of ours; `outside`: a text that strangers wrote; `day`: a date; `total`: a number shown whatever its size; `cell`: a count of
   * hosts or instances that share a trait, under the floor; `of`: the number a cell is of; `measure`: a mean, rank, index or rate, told only
   * where the row's smallest cell is.
   */
  readonly holds: "text" | "outside" | "day" | "total" | "cell" | "of" | "measure";
  /** A cell's denominator column, where the share is to be shown. */
  readonly of?: string;
}
