import type { Address } from "../model/address.ts";
import type { NetworkPlace } from "../model/network-place.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { BIGINT_STEPS, mergeRanges, NUMBER_STEPS, type Range } from "../model/range.ts";
import { createNameStore, type NameStore } from "./name-store.ts";
import { createSortedRanges4, createSortedRanges6 } from "./sorted-ranges.ts";

/** Ranges of addresses with what they belong to, in typed arrays: 12 bytes an IPv4 range, 36 an IPv6 one, each name kept once. */
export interface RangeTable {
  readonly ranges: number;
  /** What the range that holds an address says; `null` when none does. O(log ranges). */
  place(address: Address): NetworkPlace | null;
  /** Every address of each of the AS numbers, empty for a number without a range; `null` from a table of countries. */
  rangesOf(asns: ReadonlySet<number>): ReadonlyMap<number, PrefixSet> | null;
}

/** A table while it is filled; ranges may come in any order. */
export interface RangeRows {
  readonly names: NameStore;
  add4(first: number, last: number, entry: number): void;
  /** `words`: eight numbers of 32 bits, first and last address. */
  add6(words: Uint32Array, entry: number): void;
  /** The table of what was added. `overlap`: a range that shares addresses with another, which keeps them; `null` when none does. */
  finish(): { readonly table: RangeTable; readonly overlap: RangeOverlap | null };
}

export interface RangeOverlap {
  readonly family: 4 | 6;
  /** Which of the ranges of its family, from 0, as added. */
  readonly row: number;
}

/** Begins a table. */
export function createRangeRows(): RangeRows {
  const v4 = createSortedRanges4();
  const v6 = createSortedRanges6();
  const names = createNameStore();
  return {
    names,
    add4: (first, last, entry) => v4.add(first, last, entry),
    add6: (words, entry) => v6.add(words, entry),
    finish() {
      const [row4, row6] = [v4.settle(), v6.settle()];
      names.settle();
      const overlap: RangeOverlap | null =
        row4 !== null ? { family: 4, row: row4 } : row6 !== null ? { family: 6, row: row6 } : null;
      return { table: tableOf(v4, v6, names), overlap };
    },
  };
}

function tableOf(
  v4: ReturnType<typeof createSortedRanges4>,
  v6: ReturnType<typeof createSortedRanges6>,
  names: NameStore,
): RangeTable {
  return {
    ranges: v4.size + v6.size,
    place(address) {
      const entry = address.family === 4 ? v4.entryAt(address.value) : v6.entryAt(address.value);
      return entry === null ? null : names.place(entry);
    },
    rangesOf(asns) {
      if (!names.hasNumbers) return null;
      const found4 = new Map<number, Range<number>[]>();
      const found6 = new Map<number, Range<bigint>[]>();
      const wanted = names.entriesOf(asns);
      v4.each((first, last, entry) => note(found4, wanted.get(entry), { first, last }));
      v6.each((first, last, entry) => note(found6, wanted.get(entry), { first, last }));
      return new Map(
        [...asns].map((asn) => [
          asn,
          {
            v4: mergeRanges(found4.get(asn) ?? [], NUMBER_STEPS),
            v6: mergeRanges(found6.get(asn) ?? [], BIGINT_STEPS),
          },
        ]),
      );
    },
  };
}

function note<T extends number | bigint>(
  found: Map<number, Range<T>[]>,
  asn: number | undefined,
  range: Range<T>,
): void {
  if (asn === undefined || range.first > range.last) return;
  const ranges = found.get(asn);
  if (ranges === undefined) found.set(asn, [range]);
  else ranges.push(range);
}
