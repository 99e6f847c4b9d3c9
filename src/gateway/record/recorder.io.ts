import type { AtWork } from "./at-work.ts";
import { recordLine } from "./record-line.ts";
import type { RecordRow } from "./record-row.ts";
import { tallyRow } from "./record-tally.ts";
import type { RecordBatch, RecordTally } from "./record-tally.ts";

const LONGEST_HOLD_MS = 20;
const MOST_ROWS = 256;

/** What a worker tells its primary in one message. */
export interface WorkerBatch extends RecordBatch {
  /** Requests that are at work for longer than a batch, as `ID LINE`: what their rows would be if the worker died now. */
  readonly standing: readonly string[];
  /** Ids of those among earlier ones whose rows are in this batch. */
  readonly ended: readonly string[];
}

/** A worker's pen: rows on their way to the trail. */
export interface Recorder {
  /** A request has come; it is announced if it is still at work when two batches have passed. */
  began(request: AtWork): void;
  /** Takes the row of a request that has ended; it leaves within 20 ms or with the 256th. */
  add(row: RecordRow, request?: AtWork): void;
  /** Counts a request that has ended, and writes no row of it. */
  count(row: RecordRow, request: AtWork): void;
  /** Tells again how those stand that were announced: once in a while, since their rows are all that is left of them if the worker dies. */
  restate(): void;
  /** Sends what is held now: before a worker stops. */
  flush(): void;
}

/** Makes a worker's recorder; `post` carries its batches to the primary, in order. */
export function createRecorder(post: (batch: WorkerBatch) => void): Recorder {
  return new BatchRecorder(post);
}

class BatchRecorder implements Recorder {
  readonly #post: (batch: WorkerBatch) => void;
  #lines: string[] = [];
  #tallies: RecordTally[] = [];
  #ended: string[] = [];
  /** Came since the last batch, and since the one before: most requests end as one of these and are never announced. */
  #fresh = new Set<AtWork>();
  #aged = new Set<AtWork>();
  readonly #announced = new Set<AtWork>();
  #timer: NodeJS.Timeout | null = null;

  constructor(post: (batch: WorkerBatch) => void) {
    this.#post = post;
  }

  began(request: AtWork): void {
    this.#fresh.add(request);
    this.#arm();
  }

  add(row: RecordRow, request?: AtWork): void {
    if (request !== undefined) this.#forget(request);
    this.#lines.push(recordLine(row));
    tallyRow(this.#tallies, row);
    if (this.#lines.length >= MOST_ROWS) this.#send([]);
    else this.#arm();
  }

  count(row: RecordRow, request: AtWork): void {
    this.#forget(request);
    tallyRow(this.#tallies, row);
    this.#arm();
  }

  restate(): void {
    if (this.#announced.size > 0) this.#send([...this.#announced].map(told));
  }

  flush(): void {
    this.#stopTimer();
    if (this.#holds()) this.#send([]);
  }

  #holds(): boolean {
    return this.#lines.length > 0 || this.#tallies.length > 0 || this.#ended.length > 0;
  }

  #forget(request: AtWork): void {
    if (this.#fresh.delete(request) || this.#aged.delete(request)) return;
    if (this.#announced.delete(request)) this.#ended.push(request.id);
  }

  #arm(): void {
    this.#timer ??= setTimeout(this.#rang, LONGEST_HOLD_MS);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #rang = (): void => {
    this.#timer = null;
    const standing = [...this.#aged].map(told);
    for (const request of this.#aged) this.#announced.add(request);
    this.#aged.clear();
    [this.#aged, this.#fresh] = [this.#fresh, this.#aged];
    if (this.#holds() || standing.length > 0) this.#send(standing);
    if (this.#aged.size > 0) this.#arm();
  };

  #send(standing: readonly string[]): void {
    const batch = { lines: this.#lines, tallies: this.#tallies, standing, ended: this.#ended };
    this.#lines = [];
    this.#tallies = [];
    this.#ended = [];
    this.#post(batch);
  }
}

function told(request: AtWork): string {
  return `${request.id} ${recordLine(request.standing())}`;
}
