import { compareIpv6Words, ipv6OfWords, putIpv6Words, WORDS } from "./ipv6-words.ts";

/** A range of IPv4 (`number`) or IPv6 (`bigint`) addresses and the entry it belongs to. */
export interface OwnedRange<T extends number | bigint> {
  readonly first: T;
  readonly last: T;
  readonly entry: number;
}

/** Words of an IPv6 range: four of its first address, four of its last. */
export const RANGE_WORDS = 2 * WORDS;
const FIRST_ROOM = 1024;

/**
 * IPv4 ranges in typed arrays it owns: 12 bytes each. Filled in any order, then settled. Where ranges share addresses, the one that begins first keeps
 * them for look-ups; `each` still visits both.
 */
export class SortedRanges4 {
  #firsts = new Uint32Array(FIRST_ROOM);
  #lasts = new Uint32Array(FIRST_ROOM);
  #entries = new Uint32Array(FIRST_ROOM);
  #size = 0;
  readonly #shared: OwnedRange<number>[] = [];

  get size(): number {
    return this.#size;
  }

  add(first: number, last: number, entry: number): void {
    const at = this.#size;
    if (at === this.#firsts.length) {
      this.#firsts = grown(this.#firsts);
      this.#lasts = grown(this.#lasts);
      this.#entries = grown(this.#entries);
    }
    this.#firsts[at] = first;
    this.#lasts[at] = last;
    this.#entries[at] = entry;
    this.#size += 1;
  }

  /** Sorts and trims; the row (from 0, as added) that was cut first because another holds its addresses, or `null`. */
  settle(): number | null {
    const firsts = this.#firsts;
    const rows = orderOf(this.#size, (a, b) => firsts[a]! - firsts[b]!);
    this.#firsts = picked(this.#firsts, rows, this.#size);
    this.#lasts = picked(this.#lasts, rows, this.#size);
    this.#entries = picked(this.#entries, rows, this.#size);
    let cut: number | null = null;
    for (let at = 1; at < this.#size; at += 1) {
      const before = this.#lasts[at - 1]!;
      if (this.#firsts[at]! > before) continue;
      const last = Math.min(this.#lasts[at]!, before);
      cut ??= rows?.[at] ?? at;
      this.#shared.push({ first: this.#firsts[at]!, last, entry: this.#entries[at]! });
      this.#firsts[at] = before + 1;
      this.#lasts[at] = Math.max(this.#lasts[at]!, before); // of an empty rest: never found, and the order stays
    }
    return cut;
  }

  /** Entry of the range that holds the address; `null` when none does. */
  entryAt(address: number): number | null {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#lasts[middle]! < address) low = middle + 1;
      else high = middle;
    }
    return low < this.#size && this.#firsts[low]! <= address ? this.#entries[low]! : null;
  }

  /** Visits every range; an empty one (first above last) is what is left of one that lay in another. */
  each(visit: (range: OwnedRange<number>) => void): void {
    for (let at = 0; at < this.#size; at += 1) {
      visit({ first: this.#firsts[at]!, last: this.#lasts[at]!, entry: this.#entries[at]! });
    }
    for (const range of this.#shared) visit(range);
  }
}

/** IPv6 ranges: 36 bytes each; else as {@link SortedRanges4}. */
export class SortedRanges6 {
  #words = new Uint32Array(RANGE_WORDS * FIRST_ROOM);
  #entries = new Uint32Array(FIRST_ROOM);
  #size = 0;
  readonly #shared: OwnedRange<bigint>[] = [];
  readonly #asked = new Uint32Array(WORDS);

  get size(): number {
    return this.#size;
  }

  /** Adds the range of eight words: first and last address. */
  add(words: Uint32Array, entry: number): void {
    if (this.#size === this.#entries.length) {
      this.#words = grown(this.#words);
      this.#entries = grown(this.#entries);
    }
    this.#words.set(words, RANGE_WORDS * this.#size);
    this.#entries[this.#size] = entry;
    this.#size += 1;
  }

  settle(): number | null {
    const words = this.#words;
    const rows = orderOf(this.#size, (a, b) => compareIpv6Words(words, RANGE_WORDS * a, words, RANGE_WORDS * b));
    this.#words = pickedRanges(words, rows, this.#size);
    this.#entries = picked(this.#entries, rows, this.#size);
    let cut: number | null = null;
    for (let at = 1; at < this.#size; at += 1) {
      const before = this.#lastOf(at - 1);
      const [first, last] = [this.#firstOf(at), this.#lastOf(at)];
      if (first > before) continue;
      cut ??= rows?.[at] ?? at;
      this.#shared.push({ first, last: last < before ? last : before, entry: this.#entries[at]! });
      putIpv6Words(before + 1n, this.#words, RANGE_WORDS * at);
      putIpv6Words(last < before ? before : last, this.#words, RANGE_WORDS * at + WORDS);
    }
    return cut;
  }

  entryAt(address: bigint): number | null {
    putIpv6Words(address, this.#asked, 0);
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareIpv6Words(this.#words, RANGE_WORDS * middle + WORDS, this.#asked, 0) < 0) low = middle + 1;
      else high = middle;
    }
    if (low === this.#size || compareIpv6Words(this.#words, RANGE_WORDS * low, this.#asked, 0) > 0) return null;
    return this.#entries[low]!;
  }

  each(visit: (range: OwnedRange<bigint>) => void): void {
    for (let at = 0; at < this.#size; at += 1) {
      visit({ first: this.#firstOf(at), last: this.#lastOf(at), entry: this.#entries[at]! });
    }
    for (const range of this.#shared) visit(range);
  }

  #firstOf(row: number): bigint {
    return ipv6OfWords(this.#words, RANGE_WORDS * row);
  }

  #lastOf(row: number): bigint {
    return ipv6OfWords(this.#words, RANGE_WORDS * row + WORDS);
  }
}

type Numbers = Uint32Array<ArrayBuffer>;

function grown(array: Numbers): Numbers {
  const twice = new Uint32Array(array.length * 2);
  twice.set(array);
  return twice;
}

/** The rows in order; `null` when they are in order already. */
function orderOf(size: number, compare: (a: number, b: number) => number): Numbers | null {
  for (let row = 1; row < size; row += 1) {
    if (compare(row - 1, row) > 0) return Uint32Array.from({ length: size }, (_, at) => at).toSorted(compare);
  }
  return null;
}

function picked(array: Numbers, rows: Numbers | null, size: number): Numbers {
  return rows === null ? array.slice(0, size) : rows.map((row) => array[row]!);
}

function pickedRanges(words: Numbers, rows: Numbers | null, size: number): Numbers {
  if (rows === null) return words.slice(0, RANGE_WORDS * size);
  const moved = new Uint32Array(RANGE_WORDS * size);
  for (const [at, row] of rows.entries()) {
    moved.set(words.subarray(RANGE_WORDS * row, RANGE_WORDS * (row + 1)), RANGE_WORDS * at);
  }
  return moved;
}
