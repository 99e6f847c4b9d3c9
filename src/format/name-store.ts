import type { NetworkPlace } from "../model/network-place.ts";

/** What ranges belong to, each (number, name) pair once, names as bytes: strings are made when they are asked for. */
export interface NameStore {
  /** Number of a pair; `asn` 0 = the name is a country code. The bytes are copied. */
  entry(asn: number, bytes: Uint8Array, from: number, to: number): number;
  place(entry: number): NetworkPlace;
  /** Whether any entry has an AS number. */
  readonly hasNumbers: boolean;
  /** Entries of these AS numbers, with the number of each. */
  entriesOf(asns: ReadonlySet<number>): ReadonlyMap<number, number>;
  /** Lets go of what only filling needs. */
  settle(): void;
}

const FIRST_BYTES = 1 << 16;
const FIRST_ENTRIES = 1024;
/** Longest name that is kept, in bytes: names are shown, not stored for their own sake. */
const LONGEST_NAME = 1000;

/** Begins a store of names. */
export function createNameStore(): NameStore {
  let pool = Buffer.alloc(FIRST_BYTES);
  let used = 0;
  let rows = new Uint32Array(3 * FIRST_ENTRIES); // of each entry: number, first byte, bytes
  let size = 0;
  /** Last entry of each number, or of each code of a country (as a negative number). */
  const last = new Map<number, number>();
  let hasNumbers = false;
  const isName = (entry: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = rows[3 * entry + 1]!;
    return pool.compare(bytes, from, to, start, start + rows[3 * entry + 2]!) === 0;
  };
  const append = (asn: number, bytes: Uint8Array, from: number, to: number): number => {
    while (used + to - from > pool.length) pool = Buffer.concat([pool, Buffer.alloc(pool.length)]);
    if (3 * size === rows.length) {
      const twice = new Uint32Array(2 * rows.length);
      twice.set(rows);
      rows = twice;
    }
    pool.set(bytes.subarray(from, to), used);
    rows.set([asn, used, to - from], 3 * size);
    used += to - from;
    size += 1;
    if (asn !== 0) hasNumbers = true;
    return size - 1;
  };
  return {
    entry(asn, bytes, from, to) {
      const end = Math.min(to, from + LONGEST_NAME);
      const key = asn === 0 ? -256 * bytes[from]! - bytes[from + 1]! : asn;
      const known = last.get(key);
      if (known !== undefined && isName(known, bytes, from, end)) return known;
      const fresh = append(asn, bytes, from, end);
      last.set(key, fresh);
      return fresh;
    },
    get hasNumbers() {
      return hasNumbers;
    },
    place(entry) {
      const asn = rows[3 * entry]!;
      const start = rows[3 * entry + 1]!;
      const name = pool.toString("utf8", start, start + rows[3 * entry + 2]!);
      if (asn === 0) return { country: name, asn: null, organisation: null };
      return { country: null, asn, organisation: name === "" ? null : name };
    },
    entriesOf(asns) {
      const entries = new Map<number, number>();
      for (let entry = 0; entry < size; entry += 1) {
        const asn = rows[3 * entry]!;
        if (asn !== 0 && asns.has(asn)) entries.set(entry, asn);
      }
      return entries;
    },
    settle() {
      pool = Buffer.from(pool.subarray(0, used));
      last.clear();
    },
  };
}
