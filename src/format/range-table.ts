import type { Address } from "../model/address.ts";
import type { NetworkPlace } from "../model/network-place.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { BIGINT_STEPS, mergeRanges, NUMBER_STEPS, type Range } from "../model/range.ts";
import { NameStore } from "./name-store.ts";
import { SortedRanges4, SortedRanges6 } from "./sorted-ranges.ts";

/** A range of its family (counted from 0, as added) that shares addresses with another, which keeps them. */
export interface RangeOverlap {
  readonly family: 4 | 6;
  readonly row: number;
}

/** Ranges of addresses with what they belong to, in typed arrays: 12 bytes an IPv4 range, 36 an IPv6 one, each name kept once. */
export class RangeTable {
  readonly names = new NameStore();
  readonly #v4 = new SortedRanges4();
  readonly #v6 = new SortedRanges6();

  get ranges(): number {
    return this.#v4.size + this.#v6.size;
  }

  add4(first: number, last: number, entry: number): void {
    this.#v4.add(first, last, entry);
  }

  /** Adds the range of eight words: first and last address. */
  add6(words: Uint32Array, entry: number): void {
    this.#v6.add(words, entry);
  }

  /** Ends the filling: nothing is found before. */
  settle(): RangeOverlap | null {
    const [row4, row6] = [this.#v4.settle(), this.#v6.settle()];
    this.names.settle();
    if (row4 !== null) return { family: 4, row: row4 };
    return row6 === null ? null : { family: 6, row: row6 };
  }

  /** What the range that holds an address says; `null` when none does. O(log ranges). */
  place(address: Address): NetworkPlace | null {
    const entry = address.family === 4 ? this.#v4.entryAt(address.value) : this.#v6.entryAt(address.value);
    return entry === null ? null : this.names.place(entry);
  }

  /** Every address of each of the AS numbers, empty for a number without a range; `null` from a table of countries. */
  rangesOf(asns: ReadonlySet<number>): ReadonlyMap<number, PrefixSet> | null {
    if (!this.names.hasNumbers) return null;
    const found = new Map([...asns].map((asn) => [asn, { v4: [] as Range<number>[], v6: [] as Range<bigint>[] }]));
    const owners = this.names.entriesOf(asns);
    this.#v4.each(({ first, last, entry }) => {
      const owner = owners.get(entry);
      if (owner !== undefined && first <= last) found.get(owner)?.v4.push({ first, last });
    });
    this.#v6.each(({ first, last, entry }) => {
      const owner = owners.get(entry);
      if (owner !== undefined && first <= last) found.get(owner)?.v6.push({ first, last });
    });
    const sets = [...found].map(([asn, { v4, v6 }]): [number, PrefixSet] => [
      asn,
      { v4: mergeRanges(v4, NUMBER_STEPS), v6: mergeRanges(v6, BIGINT_STEPS) },
    ]);
    return new Map(sets);
  }
}
