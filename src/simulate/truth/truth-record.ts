/** One row of an output: the columns of docs/study.md. */
export type TruthRow = Readonly<Record<string, string | number | null>>;

/** The truth of a campaign: every output of the study as it must come out, before any cell is withheld. */
export interface TruthRecord {
  readonly schema: "corral.truth/1";
  readonly model: string;
  readonly seed: string;
  readonly outputs: Readonly<Record<string, readonly TruthRow[]>>;
}
