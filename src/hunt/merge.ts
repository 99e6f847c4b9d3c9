import type { LogEvent } from "../model/event.ts";

/** Events of one source in batches, in the order of time as far as its window reached. */
export interface EventStream {
  /** The next events; `null` = the source has ended. Never empty. */
  next(): Promise<readonly LogEvent[] | null>;
}

/** A source that waits for its turn. */
export interface WaitingSource {
  /** When its first row was written, ms since 1970; it is opened when the merge comes near. `-Infinity` = at once. */
  readonly firstAt: number;
  open(): EventStream;
}

/** How far before a source's first row it is opened. */
const EARLY_MS = 600_000;
/** How many are open at once; those beyond are read when others have ended, and their rows may come late. */
const MOST_OPEN = 256;

interface Head {
  readonly stream: EventStream;
  readonly order: number;
  batch: readonly LogEvent[];
  at: number;
}

/**
 * Merges sources by time. A source is opened when the others have come near to its first row, so that a folder of a thousand days
 * holds a few files open. Events of the same time keep the order of the sources.
 */
export async function mergeSources(
  sources: readonly WaitingSource[],
  take: (event: LogEvent) => void,
  stopped: AbortSignal,
): Promise<void> {
  const waiting = sources
    .map((source, order) => ({ source, order }))
    .toSorted((a, b) => a.source.firstAt - b.source.firstAt || a.order - b.order);
  const heads: Head[] = [];
  for (;;) {
    await openDue(waiting, heads);
    const head = earliest(heads);
    if (head === null) return;
    stopped.throwIfAborted();
    const until = Math.min(secondTime(heads, head), nextTime(waiting, heads));
    takeUntil(head, until, take);
    if (head.at === head.batch.length) await advance(head, heads);
  }
}

type Waiting = { readonly source: WaitingSource; readonly order: number }[];

async function openDue(waiting: Waiting, heads: Head[]): Promise<void> {
  for (let next = waiting[0]; next !== undefined && heads.length < MOST_OPEN; next = waiting[0]) {
    const now = earliest(heads);
    if (now !== null && next.source.firstAt - EARLY_MS > timeOf(now)) return;
    waiting.shift();
    const head: Head = { stream: next.source.open(), order: next.order, batch: [], at: 0 };
    heads.push(head);
    await advance(head, heads);
  }
}

async function advance(head: Head, heads: Head[]): Promise<void> {
  const batch = await head.stream.next();
  if (batch === null) heads.splice(heads.indexOf(head), 1);
  else {
    head.batch = batch;
    head.at = 0;
  }
}

function timeOf(head: Head): number {
  return head.batch[head.at]?.at ?? Infinity;
}

function earliest(heads: readonly Head[]): Head | null {
  let best: Head | null = null;
  let bestTime = Infinity;
  for (const head of heads) {
    const time = timeOf(head);
    if (best === null || time < bestTime || (time === bestTime && head.order < best.order)) {
      best = head;
      bestTime = time;
    }
  }
  return best;
}

/** The time of the first event of all the other sources. */
function secondTime(heads: readonly Head[], first: Head): number {
  let time = Infinity;
  for (const head of heads) if (head !== first) time = Math.min(time, timeOf(head));
  return time;
}

function nextTime(waiting: Waiting, heads: readonly Head[]): number {
  const next = waiting[0];
  return next === undefined || heads.length >= MOST_OPEN ? Infinity : next.source.firstAt - EARLY_MS;
}

/** At least one event, then all that are earlier than `until`. */
function takeUntil(head: Head, until: number, take: (event: LogEvent) => void): void {
  const { batch } = head;
  do {
    const event = batch[head.at];
    if (event === undefined) return;
    head.at += 1;
    take(event);
  } while (timeOf(head) < until);
}
