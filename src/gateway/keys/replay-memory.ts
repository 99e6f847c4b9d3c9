interface Seen {
  readonly address: string;
  readonly firstMs: number;
  readonly expiresMs: number;
}

/** How long the first sender may show the same signature again: two requests of one client in one second sign the same text. */
const SAME_SENDER_MS = 2000;
/** Signatures remembered at once; when there are more, new ones are refused until old ones expire. */
const MOST_SEEN = 100_000;

/**
 * Remembers signatures until they are too old to be taken. A signature seen before is taken again only from the same address and for
 * two seconds after it was first seen: Ollama signs no more than method, path and the second, so an honest client repeats itself.
 */
export class ReplayMemory {
  readonly #seen = new Map<string, Seen>();
  #sweptMs = 0;

  /** Whether a valid signature may be taken now; remembers it. `signed` names signer and signed text. */
  take(signed: string, address: string, nowMs: number, expiresMs: number): boolean {
    const before = this.#seen.get(signed);
    if (before !== undefined) return before.address === address && nowMs - before.firstMs <= SAME_SENDER_MS;
    this.#sweep(nowMs);
    if (this.#seen.size >= MOST_SEEN) return false;
    this.#seen.set(signed, { address, firstMs: nowMs, expiresMs });
    return true;
  }

  /** Signatures remembered now. */
  get size(): number {
    return this.#seen.size;
  }

  /** Once a second forgets what is too old; a clock that went back forgets nothing. */
  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < 1000) return;
    this.#sweptMs = nowMs;
    for (const [signed, { expiresMs }] of this.#seen) {
      if (expiresMs < nowMs) this.#seen.delete(signed);
    }
  }
}
