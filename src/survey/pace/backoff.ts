/** Lag of the event loop (99 of 100 turns) that the rate is steered to, in milliseconds. */
const LAG_EASY_MS = 30;
const LAG_HIGH_MS = 50;
/** Looks that make up "now" and "so far" when answers are compared. */
const NOW_LOOKS = 512;
const SO_FAR_LOOKS = 8192;
/** Answers that "now" must lead to expect before their absence means anything. */
const LEAST_EXPECTED = 12;
/** Slower than these it never gets: below an eighth, lag is not ours any more. */
const LEAST_FACTOR = 1 / 64;
const LEAST_FOR_LAG = 1 / 8;
/** Looks in a row that this machine could not even begin before everything waits. */
const LOCAL_STREAK = 8;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** How far a survey slows itself down: by its own lag, by answers that grow rarer, by a machine or network that fails it. */
export interface Backoff {
  /** Share of the allowed rate to use now, above 0 and at most 1. */
  readonly factor: number;
  /** Nothing starts before this moment of the monotonic clock. */
  readonly pausedUntilMs: number;
  /** Whether answers now come far less often than they did so far. */
  readonly isRarer: boolean;
  /** Since when no look could begin for want of this machine's own means; `null` when the last one could. */
  readonly localSinceMs: number | null;
  /** A look ended with a verdict; `troubled` when it died on the way (silence, reset, deadline, overload). */
  verdict(troubled: boolean): void;
  /** A look could not begin: no ports, descriptors, buffers or way out. */
  local(nowMs: number): void;
  /** Once a second: adapts the factor. */
  tick(lagP99Ms: number): void;
}

/** Full speed, no trouble seen. */
export function createBackoff(): Backoff {
  const good = { now: 1, soFar: 1, looks: 0 };
  let factor = 1;
  let pausedUntilMs = -Infinity;
  let pauseMs = FIRST_PAUSE_MS;
  let streak = 0;
  let localSinceMs: number | null = null;
  const isRarer = (): boolean => good.soFar * NOW_LOOKS >= LEAST_EXPECTED && good.now < good.soFar / 3;
  return {
    get isRarer() {
      return isRarer();
    },
    get factor() {
      return factor;
    },
    get pausedUntilMs() {
      return pausedUntilMs;
    },
    get localSinceMs() {
      return localSinceMs;
    },
    verdict(troubled) {
      streak = 0;
      pauseMs = FIRST_PAUSE_MS;
      localSinceMs = null;
      good.looks += 1;
      const value = troubled ? 0 : 1;
      good.now += (value - good.now) / Math.min(good.looks, NOW_LOOKS);
      good.soFar += (value - good.soFar) / Math.min(good.looks, SO_FAR_LOOKS);
    },
    local(nowMs) {
      localSinceMs ??= nowMs;
      streak += 1;
      if (streak < LOCAL_STREAK || nowMs < pausedUntilMs) return;
      pausedUntilMs = nowMs + pauseMs;
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    },
    tick(lagP99Ms) {
      if (isRarer() || streak > 0) factor = Math.max(LEAST_FACTOR, factor / 2);
      else if (lagP99Ms > LAG_HIGH_MS) factor = Math.min(factor, Math.max(LEAST_FOR_LAG, factor * 0.7));
      else if (lagP99Ms < LAG_EASY_MS) factor = Math.min(1, factor * 1.25);
    },
  };
}
