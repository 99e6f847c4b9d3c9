import { Buffer } from "node:buffer";

const SLOTS = 1024;
/** Longest text that is remembered, in characters, and in the words of four that it is compared by. */
const LONGEST = 64;
const WORDS = LONGEST / 4;
const LAST_BYTE = 255;

/**
 * Remembers what short texts mean that come again and again (addresses, paths, methods), so that a row costs no new text, and no row's
 * small piece keeps the whole chunk it was cut from alive. A slot holds the last text of its sum; nothing grows. Texts are compared four
 * characters at a time, while they are read: every other way to ask a piece of a long text costs several times as much.
 */
export class KeptTexts {
  /** Index behind the text that {@link until} read last. */
  end = 0;
  readonly #meaning: (text: string) => string;
  readonly #mask: number;
  readonly #words: Int32Array;
  readonly #sizes: Int32Array;
  readonly #meanings: string[];
  readonly #read = new Int32Array(WORDS);

  /**
   * @param meaning - gives for one text always the same.
   * @param slots - a power of two.
   */
  constructor(meaning: (text: string) => string, slots = SLOTS) {
    this.#meaning = meaning;
    this.#mask = slots - 1;
    this.#words = new Int32Array(slots * WORDS);
    this.#sizes = new Int32Array(slots);
    this.#meanings = Array<string>(slots).fill(meaning(""));
  }

  /** What the text from `from` to `to` means. */
  at(text: string, from: number, to: number): string {
    return this.#readTo(text, from, to, NO_STOPS);
  }

  /** What the text from `from` up to the first character of `stops` (or the end) means; `end` then holds where that stands. */
  until(text: string, from: number, stops: Uint8Array): string {
    return this.#readTo(text, from, text.length, stops);
  }

  #readTo(text: string, from: number, to: number, stops: Uint8Array): string {
    const read = this.#read;
    let sum = 0;
    let word = 0;
    let at = from;
    const last = Math.min(to, from + LONGEST);
    for (; at < last; at += 1) {
      const code = text.charCodeAt(at);
      if (code > LAST_BYTE) return this.#strange(text, from, to, stops);
      if (stops[code] === 1) break;
      const size = at - from;
      word |= code << ((size & 3) << 3);
      if ((size & 3) === 3) {
        read[size >> 2] = word;
        sum = Math.imul(sum ^ word, 0x9e37_79b1);
        word = 0;
      }
    }
    if (at === last && last < to) return this.#strange(text, from, to, stops);
    const size = at - from;
    if ((size & 3) !== 0) {
      read[size >> 2] = word;
      sum = Math.imul(sum ^ word, 0x9e37_79b1);
    }
    this.end = at;
    return this.#known(text, from, size, (sum ^ (sum >>> 15)) & this.#mask);
  }

  #known(text: string, from: number, size: number, slot: number): string {
    const read = this.#read;
    const words = this.#words;
    const count = (size + 3) >> 2;
    const base = slot * WORDS;
    let at = 0;
    if (this.#sizes[slot] === size) while (at < count && words[base + at] === read[at]) at += 1;
    else at = -1;
    if (at === count) return this.#meanings[slot]!;
    const meant = this.#meaning(detached(text.slice(from, from + size)));
    this.#sizes[slot] = size;
    for (let index = 0; index < count; index += 1) words[base + index] = read[index]!;
    this.#meanings[slot] = meant;
    return meant;
  }

  /** Texts that are long, or hold characters beyond Latin 1, are not remembered. */
  #strange(text: string, from: number, to: number, stops: Uint8Array): string {
    let at = from;
    while (at < to && stops[text.charCodeAt(at)] !== 1) at += 1;
    this.end = at;
    return this.#meaning(detached(text.slice(from, at)));
  }
}

/** A table of characters, for {@link KeptTexts.until}. */
export function stopsAt(...codes: readonly number[]): Uint8Array {
  const stops = new Uint8Array(LAST_BYTE + 1);
  for (const code of codes) stops[code] = 1;
  return stops;
}

const NO_STOPS = stopsAt();

/** The same text in memory of its own. */
export function detached(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  const copy = bytes.toString("latin1");
  return copy === text ? copy : Buffer.from(text, "utf16le").toString("utf16le");
}
