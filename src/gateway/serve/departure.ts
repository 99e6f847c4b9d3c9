import type { Leaving } from "../quota/gate.ts";

/** Tells one listener that a client has left. An AbortController does the same and makes an error with a stack for every request that ends. */
export class Departure implements Leaving {
  aborted = false;
  #hear: (() => void) | null = null;

  addEventListener(_type: "abort", hear: () => void): void {
    this.#hear = hear;
  }

  removeEventListener(): void {
    this.#hear = null;
  }

  leave(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#hear?.();
  }
}
