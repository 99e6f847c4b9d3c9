import { epochMsOf } from "../../model/instant.ts";
import { recordLine } from "./record-line.ts";
import type { RecordRow } from "./record-row.ts";
import { tallyRow } from "./record-tally.ts";
import type { RecordBatch, RecordTally } from "./record-tally.ts";
import { rowOfLine } from "./row-of-line.ts";

/** A request that has not ended, as its worker tells of it. */
export interface AtWork {
  readonly id: string;
  /** The row that it would leave if its worker died now. */
  standing(): RecordRow;
}

/** The supervisor's memory of what is at work in its workers: rows for those that die. */
export class AtWorkMemory {
  /** By worker, then by id of the request: the line that stands for it. */
  readonly #workers = new Map<number, Map<string, string>>();

  /** Takes what a worker told: requests that began or went on, as `ID LINE`, and the ids of those whose rows have come. */
  take(worker: number, standing: readonly string[], ended: readonly string[]): void {
    if (standing.length === 0 && ended.length === 0) return;
    let lines = this.#workers.get(worker);
    if (lines === undefined) this.#workers.set(worker, (lines = new Map<string, string>()));
    for (const told of standing) {
      const space = told.indexOf(" ");
      lines.set(told.slice(0, space), told.slice(space + 1));
    }
    for (const id of ended) lines.delete(id);
  }

  /** A worker is no more: the rows of what was at work in it, with the time until now. */
  died(worker: number, atMs: number): RecordBatch {
    const lines: string[] = [];
    const tallies: RecordTally[] = [];
    for (const line of this.#workers.get(worker)?.values() ?? []) {
      const standing = rowOfLine(line);
      if (standing === null) continue;
      const row = lasting(standing, atMs);
      lines.push(recordLine(row));
      tallyRow(tallies, row);
    }
    this.#workers.delete(worker);
    return { lines, tallies };
  }
}

/** The clock may have been set back meanwhile: a row never says less than its worker did. */
function lasting(row: RecordRow, atMs: number): RecordRow {
  const durationMs = Math.max(row.durationMs, atMs - (epochMsOf(row.at) ?? atMs));
  const isWaiting = row.waitMs >= row.durationMs;
  return { ...row, durationMs, waitMs: isWaiting ? durationMs : row.waitMs };
}
