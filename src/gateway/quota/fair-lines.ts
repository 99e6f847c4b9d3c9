import type { GaugeLimit } from "./limit-table.ts";

/** A request that waits for a place. */
export interface Waiter {
  readonly worker: number;
  readonly id: number;
  readonly key: string;
  readonly role: string;
  readonly gauges: readonly GaugeLimit[];
  /** Monotonic moment at which the wait is over. */
  readonly untilMs: number;
}

/** Those of one key that wait, first come first, and what the key has had while others waited. */
export interface Line {
  readonly key: string;
  weight: number;
  /** Milliseconds of places held and given back, divided by the weight. */
  servedMs: number;
  /** Places held now, and the sum of the moments at which they were given. */
  running: number;
  startSumMs: number;
  /** Number of the turn in which it was last served: breaks ties. */
  turn: number;
  readonly waiters: Waiter[];
}

/** Fair queue: a line a key, served by who has had least time of places for its weight. One owner changes it in place. */
export interface FairLines {
  readonly lines: Map<string, Line>;
  waiting: number;
  turns: number;
}

/** Debts of keys that neither wait nor run are forgotten beyond this many lines. */
const LINES_KEPT = 1024;

/** A queue nobody waits in. */
export function emptyLines(): FairLines {
  return { lines: new Map(), waiting: 0, turns: 0 };
}

/** Milliseconds of places that a key has had for its weight; a place just given counts as `quantumMs` at least. */
export function hadMs(line: Line, nowMs: number, quantumMs: number): number {
  const runningMs = Math.max(line.running * quantumMs, line.running * nowMs - line.startSumMs);
  return line.servedMs + runningMs / line.weight;
}

/**
 * The line of a key, made when missing. A key that comes back, or comes for the first time, starts level with the one that has had
 * least: it gets no credit for the time it was away, and its debt stays.
 */
export function lineOf(fair: FairLines, key: string, weight: number, nowMs: number, quantumMs: number): Line {
  const known = fair.lines.get(key);
  if (known !== undefined && known.waiters.length + known.running > 0) return known;
  const level = leastHadMs(fair, nowMs, quantumMs);
  if (known !== undefined) {
    known.servedMs = Math.max(known.servedMs, level);
    return known;
  }
  if (fair.lines.size >= LINES_KEPT) forgetIdle(fair);
  const line: Line = { key, weight, servedMs: level, running: 0, startSumMs: 0, turn: 0, waiters: [] };
  fair.lines.set(key, line);
  return line;
}

function leastHadMs(fair: FairLines, nowMs: number, quantumMs: number): number {
  let least = Infinity;
  for (const line of fair.lines.values()) {
    if (line.waiters.length + line.running > 0) least = Math.min(least, hadMs(line, nowMs, quantumMs));
  }
  return least === Infinity ? 0 : least;
}

function forgetIdle(fair: FairLines): void {
  for (const [key, line] of fair.lines) if (line.waiters.length + line.running === 0) fair.lines.delete(key);
}

/** Puts a request at the end of its key's line. */
export function enqueue(fair: FairLines, line: Line, waiter: Waiter): void {
  line.waiters.push(waiter);
  fair.waiting += 1;
}

/** The line to serve next among those whose first may go; `null` when none may. */
export function nextLine(
  fair: FairLines,
  mayGo: (waiter: Waiter) => boolean,
  nowMs: number,
  quantumMs: number,
): Line | null {
  let best: Line | null = null;
  let bestMs = Infinity;
  for (const line of fair.lines.values()) {
    const first = line.waiters[0];
    if (first === undefined || !mayGo(first)) continue;
    const had = hadMs(line, nowMs, quantumMs);
    if (had < bestMs || (had === bestMs && best !== null && line.turn < best.turn)) {
      best = line;
      bestMs = had;
    }
  }
  return best;
}

/** Takes the first of a line out of the queue. */
export function dequeue(fair: FairLines, line: Line): Waiter | null {
  const first = line.waiters.shift();
  if (first === undefined) return null;
  fair.waiting -= 1;
  return first;
}

/** Notes that a place was given to the key. */
export function beginService(fair: FairLines, line: Line, nowMs: number): void {
  fair.turns += 1;
  line.turn = fair.turns;
  line.running += 1;
  line.startSumMs += nowMs;
}

/** Notes that a place given at `startedMs` came back; with nobody waiting or running all accounts are closed. */
export function endService(fair: FairLines, key: string, startedMs: number, nowMs: number): void {
  const line = fair.lines.get(key);
  if (line === undefined || line.running === 0) return;
  line.running -= 1;
  line.startSumMs -= startedMs;
  line.servedMs += Math.max(0, nowMs - startedMs) / line.weight;
  closeAccounts(fair);
}

/** Forgets every key's account when nobody waits and nobody runs: what was used while there was plenty is no debt. */
export function closeAccounts(fair: FairLines): void {
  if (fair.waiting > 0) return;
  for (const line of fair.lines.values()) if (line.running > 0) return;
  fair.lines.clear();
}

/** Takes every waiter out that `isOut` names, and returns them in no order. */
export function removeWaiters(fair: FairLines, isOut: (waiter: Waiter) => boolean): readonly Waiter[] {
  const out: Waiter[] = [];
  for (const line of fair.lines.values()) {
    for (let at = line.waiters.length - 1; at >= 0; at -= 1) {
      const waiter = line.waiters[at];
      if (waiter !== undefined && isOut(waiter)) out.push(...line.waiters.splice(at, 1));
    }
  }
  fair.waiting -= out.length;
  closeAccounts(fair);
  return out;
}

/**
 * Makes room in a full queue for one more of `line`: the longest line by weight loses its last, if it is longer than this one would
 * be. So no key can fill the queue against the others. `null` = there is no room.
 */
export function pushOut(fair: FairLines, line: Line): Waiter | null {
  let longest: Line | null = null;
  let most = (line.waiters.length + 1) / line.weight;
  for (const other of fair.lines.values()) {
    const length = other.waiters.length / other.weight;
    if (other !== line && length > most) {
      most = length;
      longest = other;
    }
  }
  const last = longest?.waiters.pop() ?? null;
  if (last !== null) fair.waiting -= 1;
  return last;
}

/** How many are served before a new one of this line, when every key gets its share by weight. */
export function aheadOf(fair: FairLines, line: Line): number {
  const mine = line.waiters.length;
  let ahead = mine;
  for (const other of fair.lines.values()) {
    if (other !== line) ahead += Math.min(other.waiters.length, ((mine + 1) * other.weight) / line.weight);
  }
  return ahead;
}
