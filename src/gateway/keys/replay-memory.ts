/** A signature that was taken. */
export interface SeenSignature {
  /** Signer and signed text. */
  readonly signed: string;
  /** Address that showed it first. */
  readonly address: string;
  readonly firstMs: number;
  /** When it is too old to be taken by anybody. */
  readonly expiresMs: number;
}

/** How long the first sender may show the same signature again: two requests of one client in one second sign the same text. */
const SAME_SENDER_MS = 2000;
/** Signatures remembered at once; when there are more, new ones are refused until old ones expire. */
const MOST_SEEN = 100_000;
const SWEEP_MS = 1000;

/**
 * Remembers signatures until they are too old to be taken. A signature seen before is taken again only from the same address and for
 * two seconds after it was first seen: Ollama signs no more than method, path and the second, so an honest client repeats itself.
 */
export class ReplayMemory {
  readonly #seen = new Map<string, SeenSignature>();
  readonly #tell: (seen: SeenSignature) => void;
  #sweptMs = 0;

  /** @param tell - Told each signature that is taken for the first time, so that other processes refuse it. */
  constructor(tell: (seen: SeenSignature) => void = () => undefined) {
    this.#tell = tell;
  }

  /** Whether a valid signature may be taken now; remembers it. */
  take(signed: string, address: string, nowMs: number, expiresMs: number): boolean {
    const before = this.#seen.get(signed);
    if (before !== undefined) return before.address === address && nowMs - before.firstMs <= SAME_SENDER_MS;
    this.#sweep(nowMs);
    if (this.#seen.size >= MOST_SEEN) return false;
    const seen = { signed, address, firstMs: nowMs, expiresMs };
    this.#seen.set(signed, seen);
    this.#tell(seen);
    return true;
  }

  /** Remembers what other processes took. */
  learn(others: readonly SeenSignature[], nowMs: number): void {
    this.#sweep(nowMs);
    for (const seen of others) {
      if (this.#seen.size < MOST_SEEN && !this.#seen.has(seen.signed)) this.#seen.set(seen.signed, seen);
    }
  }

  /** All that is remembered, for a process that begins. */
  all(): readonly SeenSignature[] {
    return [...this.#seen.values()];
  }

  /** Once a second forgets what is too old; a clock that went back forgets nothing. */
  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < SWEEP_MS) return;
    this.#sweptMs = nowMs;
    for (const [signed, { expiresMs }] of this.#seen) {
      if (expiresMs < nowMs) this.#seen.delete(signed);
    }
  }
}
