import { Buffer } from "node:buffer";

const SLOTS = 4096;
const LONGEST = 256;

/**
 * Remembers what short texts mean that come again and again (addresses, paths, methods), so that a row costs no new text, and no row's
 * small piece keeps the whole chunk it was cut from alive. A slot holds the last text of its sum; nothing grows.
 */
export class KeptTexts {
  readonly #meaning: (text: string) => string;
  readonly #texts: string[] = Array<string>(SLOTS).fill("");
  readonly #meanings: string[];

  /** @param meaning - gives for one text always the same. */
  constructor(meaning: (text: string) => string) {
    this.#meaning = meaning;
    this.#meanings = Array<string>(SLOTS).fill(meaning(""));
  }

  /** What the text from `from` to `to` means. */
  at(text: string, from: number, to: number): string {
    if (to - from > LONGEST) return this.#meaning(text.slice(from, to));
    let sum = 0;
    for (let index = from; index < to; index += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) | 0;
    return this.of(text, from, to, sum);
  }

  /** What the text from `from` to `to` means; `sum` is any number made of its characters. */
  of(text: string, from: number, to: number, sum: number): string {
    const size = to - from;
    if (size > LONGEST) return this.#meaning(text.slice(from, to));
    const slot = (sum ^ (sum >>> 12)) & (SLOTS - 1);
    const known = this.#texts[slot] ?? "";
    if (known.length === size && text.startsWith(known, from)) return this.#meanings[slot] ?? "";
    const fresh = detached(text.slice(from, to));
    const meant = this.#meaning(fresh);
    this.#texts[slot] = fresh;
    this.#meanings[slot] = meant;
    return meant;
  }
}

/** The same text in memory of its own. */
export function detached(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  const copy = bytes.toString("latin1");
  return copy === text ? copy : Buffer.from(text, "utf16le").toString("utf16le");
}
