/**
 * A token bucket as one number: the moment at which it is full again (generic cell rate algorithm, ITU-T I.371). What was
 * taken beyond the burst is paid off before anything else passes.
 */
export interface Bucket {
  /** Tokens a second. */
  readonly rate: number;
  /** Tokens that may go at once after a pause; at least 1. */
  readonly burst: number;
}

/** Milliseconds until one token may be taken from a bucket that is full at `fullAtMs`; 0 when it may be taken now. */
export function waitMs(bucket: Bucket, fullAtMs: number, nowMs: number): number {
  const tokenMs = 1000 / bucket.rate;
  return Math.max(0, fullAtMs + tokenMs - bucket.burst * tokenMs - nowMs);
}

/** When the bucket is full again after `tokens` were taken at `nowMs`. */
export function take(bucket: Bucket, fullAtMs: number, nowMs: number, tokens = 1): number {
  return Math.max(fullAtMs, nowMs) + (tokens * 1000) / bucket.rate;
}

/** Buckets of one kind, a key each; a key costs memory only while its bucket is not full. */
export interface BucketMap<Key> {
  waitMs(key: Key, nowMs: number): number;
  take(key: Key, nowMs: number, tokens?: number): void;
  /** Takes tokens that go together; returns the milliseconds until the last of them may go. */
  book(key: Key, nowMs: number, tokens: number): number;
  readonly size: number;
}

/**
 * Buckets that are forgotten once full again: a full bucket and a missing one are the same. What is held is bounded by how
 * many tokens the rates above this one let pass while one bucket fills; `most` bounds it in any case, by letting nothing new in.
 */
export function createBucketMap<Key>(bucket: Bucket, most: number): BucketMap<Key> {
  const fullAt = new Map<Key, number>();
  let sweepAt = 1024;
  function sweep(nowMs: number): void {
    for (const [key, at] of fullAt) if (at <= nowMs) fullAt.delete(key);
    sweepAt = Math.max(1024, fullAt.size * 2);
  }
  return {
    waitMs(key, nowMs) {
      const at = fullAt.get(key);
      if (at !== undefined) return waitMs(bucket, at, nowMs);
      if (fullAt.size < most) return 0;
      sweep(nowMs);
      return fullAt.size < most ? 0 : 1000 / bucket.rate;
    },
    take(key, nowMs, tokens = 1) {
      fullAt.set(key, take(bucket, fullAt.get(key) ?? nowMs, nowMs, tokens));
      if (fullAt.size >= sweepAt) sweep(nowMs);
    },
    book(key, nowMs, tokens) {
      const before = take(bucket, fullAt.get(key) ?? nowMs, nowMs, tokens - 1);
      fullAt.set(key, take(bucket, before, nowMs));
      if (fullAt.size >= sweepAt) sweep(nowMs);
      return waitMs(bucket, before, nowMs);
    },
    get size() {
      return fullAt.size;
    },
  };
}
