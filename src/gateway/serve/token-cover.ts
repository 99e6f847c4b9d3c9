import type { Entry } from "../quota/gate.ts";

/** Tokens asked for at a time by a stream that outgrew what was held back for it. */
const MORE_TOKENS = 64;

/** Keeps a stream within what is reserved for it: reserves more as it grows, less and less where the quota nears its end. */
export class TokenCover {
  readonly #entry: Pick<Entry, "more">;
  readonly #answered: () => void;
  #covered: number;
  #step = MORE_TOKENS;
  #isAsking = false;
  /** The quota has ended: the stream is to end where its next line does. */
  isSpent = false;

  /** @param answered - is called when a question that could not be answered at once has been. */
  constructor(entry: Pick<Entry, "more">, tokens: number, answered: () => void) {
    this.#entry = entry;
    this.#covered = tokens;
    this.#answered = answered;
  }

  /** Whether a stream of so many tokens may go on now; else it has to wait until it is told. A spent quota does not hold it back. */
  covers(tokens: number): boolean {
    if (this.isSpent || tokens <= this.#covered) return !this.#isAsking;
    return !this.#isAsking && this.#ask();
  }

  /** Whether the answer is known at once. */
  #ask(): boolean {
    while (!this.isSpent) {
      const units = this.#step;
      const more = this.#entry.more(units);
      if (typeof more !== "boolean") {
        this.#isAsking = true;
        void more.then((isGiven) => this.#toldLater(isGiven, units));
        return false;
      }
      this.#told(more, units);
      if (more) return true;
    }
    return true;
  }

  #toldLater(isGiven: boolean, units: number): void {
    this.#isAsking = false;
    this.#told(isGiven, units);
    if (isGiven || this.isSpent || this.#ask()) this.#answered();
  }

  #told(isGiven: boolean, units: number): void {
    if (isGiven) this.#covered += units;
    else if (units > 1) this.#step = Math.max(1, Math.floor(units / 4));
    else this.isSpent = true;
  }
}
