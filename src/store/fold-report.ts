import type { Run } from "../model/run.ts";

/** A line of a foreign file that was not taken: a line of `rejects/<run>.jsonl`. Its text is not kept. */
export interface Reject {
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
  /** `models[3].digest`; empty for the line itself. */
  readonly field: string;
  readonly reason: string;
}

/** What a fold did, in lines of the file. */
export interface FoldReport {
  readonly lines: number;
  /** New observations, cards; what was there already is `known`. */
  readonly observations: number;
  readonly cards: number;
  readonly known: number;
  readonly rejected: number;
}

/** How a file is folded. */
export interface FoldFileOptions {
  /**
   * The import's own run: its id stands in for `run: null`; its row is kept when the fold added anything. May still be under way: it is
   * awaited when the lines have been read, and its failure is the fold's.
   */
  readonly run: Run | Promise<Run>;
  /** How the file is named in rejects; its path if absent. */
  readonly label?: string;
  /** Compression; told by the extension `.gz` or `.zst` if absent. */
  readonly compression?: "uncompressed" | "gzip" | "zstd";
  readonly onReject?: (reject: Reject) => void;
  readonly memoryMiB?: number;
  readonly threads?: number;
}
