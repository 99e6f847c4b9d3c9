import type { NetworkPlace } from "../model/network-place.ts";

const FIRST_BYTES = 1 << 16;
const FIRST_ENTRIES = 1024;
/** Longest name that is kept, in bytes: names are shown, not stored for their own sake. */
const LONGEST_NAME = 1000;

/** What ranges belong to, each (number, name) pair once, names as bytes it owns: strings are made when they are asked for. */
export class NameStore {
  #pool = Buffer.alloc(FIRST_BYTES);
  #used = 0;
  /** Of each entry: number, first byte, bytes. */
  #rows = new Uint32Array(3 * FIRST_ENTRIES);
  #size = 0;
  #hasNumbers = false;
  /** Last entry of each number, or of each code of a country (as a negative number). */
  readonly #last = new Map<number, number>();

  /** Whether any entry has an AS number. */
  get hasNumbers(): boolean {
    return this.#hasNumbers;
  }

  /** Number of a pair; `asn` 0 = the name is a country code. The bytes are copied. */
  entry(asn: number, bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + LONGEST_NAME);
    const key = asn === 0 ? -256 * bytes[from]! - bytes[from + 1]! : asn;
    const known = this.#last.get(key);
    if (known !== undefined && this.#isName(known, bytes, from, end)) return known;
    const fresh = this.#append(asn, bytes, from, end);
    this.#last.set(key, fresh);
    return fresh;
  }

  place(entry: number): NetworkPlace {
    const asn = this.#rows[3 * entry]!;
    const start = this.#rows[3 * entry + 1]!;
    const name = this.#pool.toString("utf8", start, start + this.#rows[3 * entry + 2]!);
    if (asn === 0) return { country: name, asn: null, organisation: null };
    return { country: null, asn, organisation: name === "" ? null : name };
  }

  /** Entries of these AS numbers, with the number of each. */
  entriesOf(asns: ReadonlySet<number>): ReadonlyMap<number, number> {
    const entries = new Map<number, number>();
    for (let entry = 0; entry < this.#size; entry += 1) {
      const asn = this.#rows[3 * entry]!;
      if (asn !== 0 && asns.has(asn)) entries.set(entry, asn);
    }
    return entries;
  }

  /** Lets go of what only filling needs. */
  settle(): void {
    this.#pool = Buffer.from(this.#pool.subarray(0, this.#used));
    this.#last.clear();
  }

  #isName(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#rows[3 * entry + 1]!;
    return this.#pool.compare(bytes, from, to, start, start + this.#rows[3 * entry + 2]!) === 0;
  }

  #append(asn: number, bytes: Uint8Array, from: number, to: number): number {
    while (this.#used + to - from > this.#pool.length) {
      this.#pool = Buffer.concat([this.#pool, Buffer.alloc(this.#pool.length)]);
    }
    if (3 * this.#size === this.#rows.length) {
      const twice = new Uint32Array(2 * this.#rows.length);
      twice.set(this.#rows);
      this.#rows = twice;
    }
    this.#pool.set(bytes.subarray(from, to), this.#used);
    this.#rows.set([asn, this.#used, to - from], 3 * this.#size);
    this.#used += to - from;
    this.#size += 1;
    if (asn !== 0) this.#hasNumbers = true;
    return this.#size - 1;
  }
}
