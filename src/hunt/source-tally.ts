import type { LogRow } from "../model/log-grammar.ts";

/** Where a row stands within a source; of a source of several files in all of them together. */
export interface RowPlace {
  readonly line: number;
  readonly offset: number;
}

/** Rows that were not taken, of one reason. */
export interface Rejected {
  count: number;
  /** The first of them. */
  readonly first: RowPlace[];
}

/** What the rows of one source were. */
export interface SourceTally {
  rows: number;
  events: number;
  /** Rows that are whole and tell nothing Corral asks for. */
  passed: number;
  /** Events outside of `--since` and `--until`. */
  outside: number;
  /** Events that some detection looks at. */
  candidates: number;
  late: number;
  jumps: number;
  firstAt: number | null;
  lastAt: number | null;
  /** By reason, a kebab-case word. */
  readonly rejected: Map<string, Rejected>;
  /** How rows without a zone were read, by grammar. */
  readonly zones: Map<string, string>;
  /** Events by the grammar that read them. */
  readonly grammars: Map<string, number>;
}

const FIRST_PLACES = 3;
const MOST_REASONS = 64;

/** Nothing read yet. */
export function emptyTally(): SourceTally {
  return {
    rows: 0,
    events: 0,
    passed: 0,
    outside: 0,
    candidates: 0,
    late: 0,
    jumps: 0,
    firstAt: null,
    lastAt: null,
    rejected: new Map(),
    zones: new Map(),
    grammars: new Map(),
  };
}

/** Counts a row that was not taken. */
export function countRejected(tally: SourceTally, row: LogRow, reason: string): void {
  const known = tally.rejected.get(reason);
  if (known !== undefined) {
    known.count += 1;
    if (known.first.length < FIRST_PLACES) known.first.push({ line: row.line, offset: row.offset });
  } else if (tally.rejected.size < MOST_REASONS) {
    tally.rejected.set(reason, { count: 1, first: [{ line: row.line, offset: row.offset }] });
  } else countRejected(tally, row, [...tally.rejected.keys()][0] ?? reason);
}

/** Rows that were not taken, of all reasons. */
export function rejectedRows(tally: SourceTally): number {
  let sum = 0;
  for (const { count } of tally.rejected.values()) sum += count;
  return sum;
}
