const OTHER = "other";

/** Words of one label of metrics: at most `most` of them, so that nobody can fill memory with names; later ones count as `other`. */
export class BoundedWords {
  readonly #most: number;
  readonly #known = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The word itself, or `other`; nothing at all is the empty word. */
  bounded(word: string | null): string {
    if (word === null) return "";
    if (this.#known.has(word)) return word;
    if (this.#known.size >= this.#most) return OTHER;
    this.#known.add(word);
    return word;
  }
}
