/** Time as effects: what a plain module needs to wait and to date what it saw. */
export interface Clock {
  /** Milliseconds since 1970, for dates in records. */
  epochMs(): number;
  /** Milliseconds that never step back, for pacing and durations. */
  monotonicMs(): number;
}

/** One sleeper that others can wake. */
export interface Nap {
  /** Resolves after `ms` milliseconds (`Infinity`: not by itself) or when woken; one wait at a time. */
  wait(ms: number): Promise<void>;
  /** Ends the wait under way; does nothing when there is none. */
  wake(): void;
}
