import { recordLine } from "./record-line.ts";
import type { RecordRow } from "./record-row.ts";
import { tallyRow } from "./record-tally.ts";
import type { RecordBatch, RecordTally } from "./record-tally.ts";

const LONGEST_HOLD_MS = 20;
const MOST_ROWS = 256;

/** A worker's pen: rows on their way to the trail. */
export interface Recorder {
  /** Takes a row; it leaves within 20 ms or with the 256th. */
  add(row: RecordRow): void;
  /** Sends what is held now: before a worker stops. */
  flush(): void;
}

/** Makes a worker's recorder; `post` carries its batches to the primary, in order. */
export function createRecorder(post: (batch: RecordBatch) => void): Recorder {
  let lines: string[] = [];
  let tallies: RecordTally[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (lines.length === 0) return;
    const batch = { lines, tallies };
    lines = [];
    tallies = [];
    post(batch);
  };
  return {
    add(row) {
      lines.push(recordLine(row));
      tallyRow(tallies, row);
      if (lines.length >= MOST_ROWS) flush();
      else timer ??= setTimeout(flush, LONGEST_HOLD_MS);
    },
    flush,
  };
}
