import type { Address } from "./address.ts";
import type { Prefix } from "./prefix.ts";
import { BIGINT_STEPS, intersectRanges, mergeRanges, NUMBER_STEPS, rangesHold, subtractRanges } from "./range.ts";
import type { Range } from "./range.ts";

/** A set of addresses as ranges in order (sorted, disjoint, not touching): memory and set algebra are O(ranges), whatever the size. */
export interface PrefixSet {
  readonly v4: readonly Range<number>[];
  readonly v6: readonly Range<bigint>[];
}

/** The addresses that any of the prefixes holds. */
export function prefixSet(prefixes: readonly Prefix[]): PrefixSet {
  const v4: Range<number>[] = [];
  const v6: Range<bigint>[] = [];
  for (const prefix of prefixes) {
    if (prefix.family === 4) v4.push({ first: prefix.first, last: prefix.last });
    else v6.push({ first: prefix.first, last: prefix.last });
  }
  return { v4: mergeRanges(v4, NUMBER_STEPS), v6: mergeRanges(v6, BIGINT_STEPS) };
}

/** Addresses in `a` or in `b`. */
export function union(a: PrefixSet, b: PrefixSet): PrefixSet {
  return { v4: mergeRanges([...a.v4, ...b.v4], NUMBER_STEPS), v6: mergeRanges([...a.v6, ...b.v6], BIGINT_STEPS) };
}

/** Addresses in `a` and not in `b`. */
export function minus(a: PrefixSet, b: PrefixSet): PrefixSet {
  return { v4: subtractRanges(a.v4, b.v4, NUMBER_STEPS), v6: subtractRanges(a.v6, b.v6, BIGINT_STEPS) };
}

/** Addresses in both. */
export function intersect(a: PrefixSet, b: PrefixSet): PrefixSet {
  return { v4: intersectRanges(a.v4, b.v4), v6: intersectRanges(a.v6, b.v6) };
}

/** Whether the set holds an address; O(log ranges). */
export function holds(set: PrefixSet, address: Address): boolean {
  return address.family === 4 ? rangesHold(set.v4, address.value) : rangesHold(set.v6, address.value);
}

/** Whether the set holds no address. */
export function isEmpty(set: PrefixSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0;
}

/** Number of IPv4 addresses in a set. */
export function countIpv4(set: PrefixSet): number {
  return set.v4.reduce((sum, range) => sum + range.last - range.first + 1, 0);
}

/** Number of IPv6 addresses in a set. */
export function countIpv6(set: PrefixSet): bigint {
  return set.v6.reduce((sum, range) => sum + range.last - range.first + 1n, 0n);
}

/** Number of IPv6 /48 networks that a set touches. */
export function countIpv6Networks(set: PrefixSet): bigint {
  let sum = 0n;
  let counted = -1n;
  for (const range of set.v6) {
    const first = range.first >> 80n;
    const last = range.last >> 80n;
    sum += last - (first > counted ? first : counted + 1n) + 1n;
    counted = last;
  }
  return sum;
}

/** The addresses of a set by number: IPv4 in order, then IPv6 in order. */
export interface AddressIndex {
  readonly size: number;
  /** The address at `index`, 0 ≤ index < size, in O(log ranges); a `RangeError` beyond. */
  nth(index: number): Address;
}

/** Numbers the addresses of a set; a `RangeError` when there are more than 2^53 - 1. */
export function indexAddresses(set: PrefixSet): AddressIndex {
  const sizes = [
    ...set.v4.map((range) => range.last - range.first + 1),
    ...set.v6.map((range) => Number(range.last - range.first + 1n)),
  ];
  const before = new Float64Array(sizes.length);
  let size = 0;
  for (const [at, count] of sizes.entries()) {
    before[at] = size;
    size += count;
  }
  if (!Number.isSafeInteger(size)) throw new RangeError("more addresses than can be numbered");
  const nth = (index: number): Address => {
    if (!(index >= 0 && index < size)) throw new RangeError(`no address at ${index}`);
    const at = lastAtOrBelow(before, index);
    const offset = index - before[at]!;
    return at < set.v4.length
      ? { family: 4, value: set.v4[at]!.first + offset }
      : { family: 6, value: set.v6[at - set.v4.length]!.first + BigInt(offset) };
  };
  return { size, nth };
}

/** Index of the last entry that is not above `value`; the first entry is 0. */
function lastAtOrBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
