/** One figure as the study published it. */
export interface PublishedFigure {
  /** Row of the table of published figures (facts of the study, 1.1 to 1.5). */
  readonly row: number;
  /** Output of docs/study.md that counts the same. */
  readonly output: string;
  /** What of it: an item, or a column. */
  readonly item: string;
  readonly kind: "share" | "number";
  /** A share of 0 to 1, or the number. */
  readonly value: number;
  /** `about`: rounded; `over`, `at-least`: a bound; `press`: stated in the press alone. */
  readonly claim: "exact" | "about" | "over" | "at-least" | "press";
}

type Row = readonly [row: number, output: string, item: string, value: number, claim: PublishedFigure["claim"]];

const SHARES: readonly Row[] = [
  [7, "T2", "backbone", 0.13, "about"],
  [8, "T2", "observations of backbone", 0.76, "about"],
  [9, "T2", "once", 0.36, "about"],
  [13, "T3a", "fixed-access", 0.56, "about"],
  [14, "T3b", "hyperscaler", 0.32, "about"],
  [15, "T3b", "telecom-residential", 0.32, "about"],
  [16, "T3b", "unknown tier", 0.16, "about"],
  [16, "T3a", "unknown type", 0.19, "about"],
  [21, "T5", "US: Virginia", 0.18, "about"],
  [22, "T5", "CN: Beijing", 0.3, "about"],
  [24, "F1", "CN", 0.3, "press"],
  [25, "F1", "US", 0.2, "press"],
  [33, "T7b", "2-3", 0.41, "about"],
  [34, "T7c", "20 or more", 0.0146, "exact"],
  [35, "T8", "llama + qwen2 of multi-lineage hosts", 0.52, "about"],
  [38, "T9a", "Q4_K_M", 0.48, "about"],
  [39, "T9b", "4 bits", 0.72, "about"],
  [40, "T9b", "16 bits", 0.19, "about"],
  [42, "T10", "8-14B", 0.26, "about"],
  [43, "F3", "tools", 0.48, "over"],
  [44, "T11a", "completion+tools", 0.38, "about"],
  [45, "F3", "vision", 0.22, "about"],
  [46, "F3", "thinking", 0.26, "about"],
  [49, "T12", "system prompt visible", 0.25, "press"],
];

const NUMBERS: readonly Row[] = [
  [1, "T1", "days", 293, "exact"],
  [2, "T1", "observations", 7_230_000, "about"],
  [3, "T1", "hosts", 175_108, "exact"],
  [4, "T1", "countries", 130, "exact"],
  [5, "T1", "networks", 4032, "exact"],
  [6, "T2", "backbone hosts", 23_000, "about"],
  [12, "T13", "tools and persistent hosts", 5000, "about"],
  [12, "T13", "mean uptime of those", 0.87, "about"],
  [12, "T13", "mean models running on those", 1.8, "about"],
  [35, "T8", "llama + qwen2 hosts", 40_694, "exact"],
  [48, "T12", "guard-off hosts", 201, "at-least"],
];

/**
 * What "Silent Brothers" published as text (SentinelLABS and Censys, 29 January 2026; rows 24, 25 and 49 by the press alone). Its charts'
 * values are not published. Its population is a union over 293 days, its unit presumably an address; its confirmation rule is not stated.
 */
export const PUBLISHED_FIGURES: readonly PublishedFigure[] = [
  ...SHARES.map((row) => figure(row, "share")),
  ...NUMBERS.map((row) => figure(row, "number")),
];

function figure([row, output, item, value, claim]: Row, kind: PublishedFigure["kind"]): PublishedFigure {
  return { row, output, item, kind, value, claim };
}
