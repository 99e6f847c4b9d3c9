import type { LogEvent } from "../model/event.ts";

/** How far rows of one source may stand out of order. */
export interface ReorderLimits {
  readonly rows: number;
  readonly ms: number;
}

/** Servers write a request when it ends and tell when it began: minutes of disorder are usual. */
export const REORDER: ReorderLimits = { rows: 2000, ms: 300_000 };

/** So many rows in turn from further back than the window: the clock was set back, and what is new is new from here on. */
const ROWS_OF_A_JUMP = 64;

/** What was out of order. */
export interface Disorder {
  /** Events that came after a later one had been handed on. */
  late: number;
  /** Times the clock of the source was set back. */
  jumps: number;
}

/**
 * Puts events of one source into the order of their time as far as a bounded window reaches: a heap by time, then by arrival. Events
 * from before the window are handed on at once and counted late.
 */
export class ReorderWindow {
  readonly #limits: ReorderLimits;
  readonly #heap: LogEvent[] = [];
  readonly #arrival: number[] = [];
  readonly disorder: Disorder = { late: 0, jumps: 0 };
  #count = 0;
  #newest = -Infinity;
  #handed = -Infinity;
  #behind = 0;
  #hasJumped = false;

  constructor(limits: ReorderLimits = REORDER) {
    this.#limits = limits;
  }

  /** A row of that time was read, whether or not it is kept: it moves the window. */
  saw(at: number): void {
    if (at >= this.#newest) {
      this.#newest = at;
      this.#behind = 0;
    } else if (at < this.#newest - this.#limits.ms) {
      this.#behind += 1;
      if (this.#behind === ROWS_OF_A_JUMP) this.#jump(at);
    } else this.#behind = 0;
  }

  push(event: LogEvent): void {
    this.#count += 1;
    this.#heap.push(event);
    this.#arrival.push(this.#count);
    this.#up(this.#heap.length - 1);
  }

  /** Hands on what the window no longer holds back. */
  ripe(take: (event: LogEvent) => void): void {
    if (this.#hasJumped) {
      this.drain(take);
      this.#hasJumped = false;
      this.#handed = -Infinity;
    }
    const before = this.#newest - this.#limits.ms;
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (this.#heap.length <= this.#limits.rows && top.at > before) return;
      this.#hand(take);
    }
  }

  /** Hands on all that is left. */
  drain(take: (event: LogEvent) => void): void {
    while (this.#heap.length > 0) this.#hand(take);
  }

  #hand(take: (event: LogEvent) => void): void {
    const event = this.#pop();
    if (event === undefined) return;
    if (event.at < this.#handed) this.disorder.late += 1;
    else this.#handed = event.at;
    take(event);
  }

  #jump(at: number): void {
    this.disorder.jumps += 1;
    this.#newest = at;
    this.#hasJumped = true;
    this.#behind = 0;
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a]!.at;
    const second = this.#heap[b]!.at;
    return first < second || (first === second && this.#arrival[a]! < this.#arrival[b]!);
  }

  #swap(a: number, b: number): void {
    const event = this.#heap[a]!;
    const arrival = this.#arrival[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#arrival[a] = this.#arrival[b]!;
    this.#heap[b] = event;
    this.#arrival[b] = arrival;
  }

  #up(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #pop(): LogEvent | undefined {
    const last = this.#heap.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    const event = this.#heap.pop();
    this.#arrival.pop();
    this.#down();
    return event;
  }

  #down(): void {
    const size = this.#heap.length;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= size) return;
      const right = left + 1;
      const least = right < size && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
