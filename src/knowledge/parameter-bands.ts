/** A class of models by number of weights: from `from` up to, not including, `below`. */
export interface ParameterBand {
  readonly id: string;
  /** Weights. */
  readonly from: number;
  /** Weights; `null` = no upper edge. */
  readonly below: number | null;
}

const BILLION = 1_000_000_000;

/**
 * The bands of the 2026 study (SentinelLABS and Censys, 29 January 2026: 1–3B, 4–7B and 8–14B are named there) with the edges that
 * it leaves open. `a-bB` holds everything from a billions up to, not including, b + 1 billions: makers round down (7.6B is sold
 * as 7B, 14.8B as 14B, 70.6B as 70B), so the gaps 3–4 and 7–8 belong to the band below them.
 */
export const PARAMETER_BANDS: readonly ParameterBand[] = [
  { id: "<1B", from: 1, below: BILLION },
  { id: "1-3B", from: BILLION, below: 4 * BILLION },
  { id: "4-7B", from: 4 * BILLION, below: 8 * BILLION },
  { id: "8-14B", from: 8 * BILLION, below: 15 * BILLION },
  { id: "15-34B", from: 15 * BILLION, below: 35 * BILLION },
  { id: "35-70B", from: 35 * BILLION, below: 71 * BILLION },
  { id: ">70B", from: 71 * BILLION, below: null },
];
