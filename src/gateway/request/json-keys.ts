import type { Buffer } from "node:buffer";
import type { KeyToken } from "./read-key.ts";
import { unescaped } from "./json-node.ts";

/** Objects with more keys than this keep them in a set. */
const FEW = 24;
/** Keys of one object. */
const MAX_KEYS = 4096;

/** Keys of the objects that are open while JSON is scanned, innermost last; tells one that comes twice. */
export class JsonKeys {
  readonly #bytes: Buffer;
  /** Begin, end and hash of every key, one after another. */
  readonly #kept: number[] = [];
  #top = 0;
  /** Where the innermost object's keys begin, and those of the objects around it. */
  #base = 0;
  readonly #bases: number[] = [];
  #set: Set<string> | null = null;
  readonly #sets: (Set<string> | null)[] = [];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** An object begins. */
  open(): void {
    this.#bases.push(this.#base);
    this.#sets.push(this.#set);
    this.#base = this.#top;
    this.#set = null;
  }

  /** The innermost object ends. */
  close(): void {
    this.#top = this.#base;
    this.#base = this.#bases.pop() ?? 0;
    this.#set = this.#sets.pop() ?? null;
  }

  /** Takes a key; `false` when the innermost object has it already, or too many. */
  add({ from, to, escaped, hash }: KeyToken): boolean {
    if (this.#set === null && (escaped || this.#top - this.#base >= 3 * FEW)) this.#set = this.#gathered();
    if (this.#set !== null)
      return this.#addText(escaped ? unescaped(this.#bytes, from - 1, to + 1) : this.#text(from, to));
    const kept = this.#kept;
    for (let at = this.#base; at < this.#top; at += 3) {
      if (kept[at + 2] === hash && this.#isSame(at, from, to)) return false;
    }
    kept[this.#top] = from;
    kept[this.#top + 1] = to;
    kept[this.#top + 2] = hash;
    this.#top += 3;
    return true;
  }

  #addText(key: string): boolean {
    const set = this.#set;
    if (set === null || set.has(key) || set.size >= MAX_KEYS) return false;
    set.add(key);
    return true;
  }

  #gathered(): Set<string> {
    const set = new Set<string>();
    for (let at = this.#base; at < this.#top; at += 3)
      set.add(this.#text(this.#kept[at] ?? 0, this.#kept[at + 1] ?? 0));
    return set;
  }

  #text(from: number, to: number): string {
    return this.#bytes.toString("utf8", from, to);
  }

  #isSame(at: number, from: number, to: number): boolean {
    const start = this.#kept[at] ?? 0;
    if ((this.#kept[at + 1] ?? 0) - start !== to - from) return false;
    for (let offset = 0; offset < to - from; offset += 1) {
      if (this.#bytes[start + offset] !== this.#bytes[from + offset]) return false;
    }
    return true;
  }
}
