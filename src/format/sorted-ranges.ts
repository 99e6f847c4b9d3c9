import { compareIpv6Words, ipv6OfWords, putIpv6Words, WORDS } from "./ipv6-words.ts";

/** IPv4 ranges in typed arrays; see {@link createSortedRanges4}. */
export interface SortedRanges4 {
  readonly size: number;
  add(first: number, last: number, entry: number): void;
  /**
   * Sorts and trims. Where ranges share addresses, the one that begins first keeps them for look-ups; `each` still visits both.
   *
   * @returns the row (from 0, as added) that was cut first, or `null`.
   */
  settle(): number | null;
  /** Entry of the range that holds the address; `null` when none does. */
  entryAt(address: number): number | null;
  /** Visits every range; an empty one (first above last) is what is left of one that lay in another. */
  each(visit: (first: number, last: number, entry: number) => void): void;
}

const FIRST_ROOM = 1024;

/** Begins a list of IPv4 ranges: 12 bytes each. */
export function createSortedRanges4(): SortedRanges4 {
  let firsts = new Uint32Array(FIRST_ROOM);
  let lasts = new Uint32Array(FIRST_ROOM);
  let entries = new Uint32Array(FIRST_ROOM);
  let size = 0;
  const shared: { readonly first: number; readonly last: number; readonly entry: number }[] = [];
  const reorder = (rows: Uint32Array): void => {
    firsts = rows.map((row) => firsts[row]!);
    lasts = rows.map((row) => lasts[row]!);
    entries = rows.map((row) => entries[row]!);
  };
  return {
    get size() {
      return size;
    },
    add(first, last, entry) {
      if (size === firsts.length) {
        firsts = grown(firsts);
        lasts = grown(lasts);
        entries = grown(entries);
      }
      firsts[size] = first;
      lasts[size] = last;
      entries[size] = entry;
      size += 1;
    },
    settle() {
      const rows = inOrder(size, (row) => firsts[row - 1]! <= firsts[row]!)
        ? null
        : numbered(size).sort((a, b) => firsts[a]! - firsts[b]!);
      if (rows === null)
        [firsts, lasts, entries] = [firsts.slice(0, size), lasts.slice(0, size), entries.slice(0, size)];
      else reorder(rows);
      let cut: number | null = null;
      for (let at = 1; at < size; at += 1) {
        const before = lasts[at - 1]!;
        if (firsts[at]! > before) continue;
        cut ??= rows?.[at] ?? at;
        shared.push({ first: firsts[at]!, last: Math.min(lasts[at]!, before), entry: entries[at]! });
        firsts[at] = before + 1;
        lasts[at] = Math.max(lasts[at]!, before); // of an empty rest: never found, and the order stays
      }
      return cut;
    },
    entryAt(address) {
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (lasts[middle]! < address) low = middle + 1;
        else high = middle;
      }
      return low < size && firsts[low]! <= address ? entries[low]! : null;
    },
    each(visit) {
      for (let at = 0; at < size; at += 1) visit(firsts[at]!, lasts[at]!, entries[at]!);
      for (const { first, last, entry } of shared) visit(first, last, entry);
    },
  };
}

/** IPv6 ranges in typed arrays; see {@link SortedRanges4}. */
export interface SortedRanges6 {
  readonly size: number;
  /** The range of `words`, eight numbers of 32 bits: first and last address. */
  add(words: Uint32Array, entry: number): void;
  settle(): number | null;
  entryAt(address: bigint): number | null;
  each(visit: (first: bigint, last: bigint, entry: number) => void): void;
}

/** Words of a range: four of its first address, four of its last. */
export const RANGE_WORDS = 2 * WORDS;

/** Begins a list of IPv6 ranges: 36 bytes each. */
export function createSortedRanges6(): SortedRanges6 {
  let words = new Uint32Array(RANGE_WORDS * FIRST_ROOM);
  let entries = new Uint32Array(FIRST_ROOM);
  let size = 0;
  const shared: { readonly first: bigint; readonly last: bigint; readonly entry: number }[] = [];
  const asked = new Uint32Array(WORDS);
  const firstOf = (row: number): bigint => ipv6OfWords(words, RANGE_WORDS * row);
  const lastOf = (row: number): bigint => ipv6OfWords(words, RANGE_WORDS * row + WORDS);
  const beginsBelow = (a: number, b: number): number =>
    compareIpv6Words(words, RANGE_WORDS * a, words, RANGE_WORDS * b);
  const reorder = (rows: Uint32Array): void => {
    const moved = new Uint32Array(RANGE_WORDS * size);
    for (const [at, row] of rows.entries())
      moved.set(words.subarray(RANGE_WORDS * row, RANGE_WORDS * (row + 1)), RANGE_WORDS * at);
    words = moved;
    entries = rows.map((row) => entries[row]!);
  };
  return {
    get size() {
      return size;
    },
    add(range, entry) {
      if (size === entries.length) {
        words = grown(words);
        entries = grown(entries);
      }
      words.set(range, RANGE_WORDS * size);
      entries[size] = entry;
      size += 1;
    },
    settle() {
      const rows = inOrder(size, (row) => beginsBelow(row - 1, row) <= 0) ? null : numbered(size).sort(beginsBelow);
      if (rows === null) [words, entries] = [words.slice(0, RANGE_WORDS * size), entries.slice(0, size)];
      else reorder(rows);
      let cut: number | null = null;
      for (let at = 1; at < size; at += 1) {
        if (compareIpv6Words(words, RANGE_WORDS * at, words, RANGE_WORDS * (at - 1) + WORDS) > 0) continue;
        const before = lastOf(at - 1);
        const [first, last] = [firstOf(at), lastOf(at)];
        cut ??= rows?.[at] ?? at;
        shared.push({ first, last: last < before ? last : before, entry: entries[at]! });
        putIpv6Words(before + 1n, words, RANGE_WORDS * at);
        putIpv6Words(last < before ? before : last, words, RANGE_WORDS * at + WORDS);
      }
      return cut;
    },
    entryAt(address) {
      putIpv6Words(address, asked, 0);
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (compareIpv6Words(words, RANGE_WORDS * middle + WORDS, asked, 0) < 0) low = middle + 1;
        else high = middle;
      }
      return low < size && compareIpv6Words(words, RANGE_WORDS * low, asked, 0) <= 0 ? entries[low]! : null;
    },
    each(visit) {
      for (let at = 0; at < size; at += 1) visit(firstOf(at), lastOf(at), entries[at]!);
      for (const { first, last, entry } of shared) visit(first, last, entry);
    },
  };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const twice = new Uint32Array(array.length * 2);
  twice.set(array);
  return twice;
}

function numbered(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, row) => row);
}

function inOrder(size: number, fits: (row: number) => boolean): boolean {
  for (let row = 1; row < size; row += 1) if (!fits(row)) return false;
  return true;
}
