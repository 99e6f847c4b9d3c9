import type { RecordCounted, RecordDecision, RecordEnded, RecordRow } from "./record-row.ts";

/** Upper bounds of the classes of times, in seconds; one more class holds what is longer. */
export const TIME_BOUNDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] as const;

/** Times counted in the classes of {@link TIME_BOUNDS}. */
export interface TimeClasses {
  sumMs: number;
  /** One count a class, the longest last. */
  readonly counts: number[];
}

/** Sums over rows that are alike in all that metrics and usage tell apart. */
export interface RecordTally {
  /** UTC day of the rows, `2026-01-10`. */
  readonly day: string;
  readonly key: string | null;
  readonly owner: string | null;
  readonly role: string | null;
  readonly route: string | null;
  readonly model: string | null;
  readonly decision: RecordDecision;
  readonly reason: string;
  readonly counted: RecordCounted;
  readonly ended: RecordEnded;
  requests: number;
  promptTokens: number;
  answerTokens: number;
  bytesIn: number;
  bytesOut: number;
  /** Time at the model server: durations without waits, of what was not denied. */
  modelMs: number;
  readonly durations: TimeClasses;
  readonly firstBytes: TimeClasses;
  readonly waits: TimeClasses;
}

/** Rows on their way from a worker to the primary: their lines, and their sums, so that the primary need not read the lines. */
export interface RecordBatch {
  /** Lines of `recordLine`. */
  readonly lines: readonly string[];
  readonly tallies: readonly RecordTally[];
}

/** Adds a row to the sums of those like it; `tallies` is short, and requests that follow each other are alike. */
export function tallyRow(tallies: RecordTally[], row: RecordRow): void {
  let tally: RecordTally | undefined;
  for (let index = tallies.length - 1; index >= 0; index -= 1) {
    const one = tallies[index];
    if (one !== undefined && isLike(one, row)) {
      tally = one;
      break;
    }
  }
  if (tally === undefined) tallies.push((tally = emptyTally(row)));
  tally.requests += 1;
  tally.promptTokens += row.promptTokens ?? 0;
  tally.answerTokens += row.answerTokens ?? 0;
  tally.bytesIn += row.bytesIn;
  tally.bytesOut += row.bytesOut;
  if (row.decision !== "denied") tally.modelMs += Math.max(0, row.durationMs - row.waitMs);
  addTime(tally.durations, row.durationMs);
  addTime(tally.waits, row.waitMs);
  if (row.firstByteMs !== null) addTime(tally.firstBytes, row.firstByteMs);
}

function isLike(tally: RecordTally, row: RecordRow): boolean {
  return (
    tally.key === row.key &&
    tally.route === row.route &&
    tally.reason === row.reason &&
    tally.model === row.model &&
    tally.decision === row.decision &&
    tally.ended === row.ended &&
    tally.counted === row.counted &&
    tally.role === row.role &&
    tally.owner === row.owner &&
    row.at.startsWith(tally.day)
  );
}

function emptyTally(row: RecordRow): RecordTally {
  return {
    day: row.at.slice(0, 10),
    key: row.key,
    owner: row.owner,
    role: row.role,
    route: row.route,
    model: row.model,
    decision: row.decision,
    reason: row.reason,
    counted: row.counted,
    ended: row.ended,
    requests: 0,
    promptTokens: 0,
    answerTokens: 0,
    bytesIn: 0,
    bytesOut: 0,
    modelMs: 0,
    durations: emptyTimes(),
    firstBytes: emptyTimes(),
    waits: emptyTimes(),
  };
}

/** Classes without a time. */
export function emptyTimes(): TimeClasses {
  return { sumMs: 0, counts: Array.from({ length: TIME_BOUNDS.length + 1 }, () => 0) };
}

function addTime(classes: TimeClasses, ms: number): void {
  let at = 0;
  while (at < TIME_BOUNDS.length && ms > (TIME_BOUNDS[at] ?? 0) * 1000) at += 1;
  classes.counts[at] = (classes.counts[at] ?? 0) + 1;
  classes.sumMs += ms;
}
