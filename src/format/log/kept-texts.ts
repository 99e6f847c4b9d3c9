import { Buffer } from "node:buffer";

const SLOTS = 1024;
/** Longest text that is remembered, in characters, and in the words of four that it is compared by. */
const LONGEST = 48;
const WORDS = LONGEST / 4;
const LAST_BYTE = 255;

/**
 * Remembers what short texts mean that come again and again (addresses, paths, methods), so that a row costs no new text, and no row's
 * small piece keeps the whole chunk it was cut from alive. Nothing grows. Texts are compared four characters at a time, while they are
 * read: every other way to ask a piece of a long text costs several times as much.
 */
export class KeptTexts {
  /** Index behind the bytes that {@link until} read last. */
  end = 0;
  readonly #meaning: (text: string) => string;
  readonly #mask: number;
  readonly #words: Int32Array;
  readonly #sizes: Int32Array;
  readonly #lately: Uint8Array;
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
    this.#lately = new Uint8Array(slots / 2);
    this.#meanings = Array<string>(slots).fill(meaning(""));
  }

  /** What the text from `from` to `to` means. */
  at(text: string, from: number, to: number): string {
    const read = this.#read;
    const size = to - from;
    let sum = 0;
    let word = 0;
    for (let index = 0; index < size; index += 1) {
      const code = text.charCodeAt(from + index);
      if (code > LAST_BYTE || index === LONGEST) return this.#meaning(detached(text.slice(from, to)));
      word |= code << ((index & 3) << 3);
      if ((index & 3) === 3 || index === size - 1) {
        read[index >> 2] = word;
        sum = mixed(sum, word);
        word = 0;
      }
    }
    return this.#find(size, sum) ?? this.#learn(detached(text.slice(from, to)), size, sum);
  }

  /** What the bytes (UTF-8) from `from` up to the first of `stops`, or up to `to`, mean; `end` then holds where that stands. */
  until(bytes: Buffer, from: number, to: number, stops: Uint8Array): string {
    const read = this.#read;
    const last = Math.min(to, from + LONGEST);
    let sum = 0;
    let count = 0;
    let at = from;
    for (; at + 3 < last; at += 4) {
      const a = bytes[at]!;
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      if ((stops[a]! | stops[b]! | stops[c]! | stops[d]!) !== 0) break;
      const word = a | (b << 8) | (c << 16) | (d << 24);
      read[count] = word;
      count += 1;
      sum = mixed(sum, word);
    }
    const whole = at;
    let rest = 0;
    for (; at < last && stops[bytes[at]!] === 0; at += 1) rest |= bytes[at]! << ((at - whole) << 3);
    if (at === last && last < to) return this.#long(bytes, from, to, stops);
    if (at > whole) {
      read[count] = rest;
      sum = mixed(sum, rest);
    }
    const size = at - from;
    this.end = at;
    return this.#find(size, sum) ?? this.#learn(bytes.toString("utf8", from, at), size, sum);
  }

  /** Long texts are not remembered. */
  #long(bytes: Buffer, from: number, to: number, stops: Uint8Array): string {
    let at = from;
    while (at < to && stops[bytes[at]!] !== 1) at += 1;
    this.end = at;
    return this.#meaning(bytes.toString("utf8", from, at));
  }

  /** Two slots may hold a text. */
  #find(size: number, sum: number): string | null {
    const slot = this.#slot(sum);
    for (let way = slot; way <= slot + 1; way += 1) {
      if (!this.#holds(way, size)) continue;
      this.#lately[slot >> 1] = way & 1;
      return this.#meanings[way]!;
    }
    return null;
  }

  /** The one asked for longer ago gives its place. */
  #learn(text: string, size: number, sum: number): string {
    const meant = this.#meaning(text);
    const pair = this.#slot(sum);
    const slot = pair | (this.#lately[pair >> 1]! ^ 1);
    const count = (size + 3) >> 2;
    for (let at = 0; at < count; at += 1) this.#words[slot * WORDS + at] = this.#read[at]!;
    this.#sizes[slot] = size;
    this.#meanings[slot] = meant;
    this.#lately[pair >> 1] = slot & 1;
    return meant;
  }

  #slot(sum: number): number {
    return (sum ^ (sum >>> 15)) & this.#mask & ~1;
  }

  #holds(slot: number, size: number): boolean {
    if (this.#sizes[slot] !== size) return false;
    const read = this.#read;
    const words = this.#words;
    const base = slot * WORDS;
    const count = (size + 3) >> 2;
    for (let at = 0; at < count; at += 1) if (words[base + at] !== read[at]) return false;
    return true;
  }
}

function mixed(sum: number, word: number): number {
  return Math.imul(sum ^ word ^ (sum >>> 13), 0x9e37_79b1);
}

/** A table of characters, for {@link KeptTexts.until}. */
export function stopsAt(...codes: readonly number[]): Uint8Array {
  const stops = new Uint8Array(LAST_BYTE + 1);
  for (const code of codes) stops[code] = 1;
  return stops;
}

/** The same text in memory of its own. */
export function detached(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  const copy = bytes.toString("latin1");
  return copy === text ? copy : Buffer.from(text, "utf16le").toString("utf16le");
}
