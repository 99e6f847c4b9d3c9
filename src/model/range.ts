/** An inclusive run of numbers. A list of them is in order when sorted, disjoint and with a gap between each two. */
export interface Range<T extends number | bigint> {
  readonly first: T;
  readonly last: T;
}

/** How to step by one in `T`; bounds of the address family are never stepped over. */
export interface Steps<T extends number | bigint> {
  next(value: T): T;
  previous(value: T): T;
}

export const NUMBER_STEPS: Steps<number> = { next: (value) => value + 1, previous: (value) => value - 1 };
export const BIGINT_STEPS: Steps<bigint> = { next: (value) => value + 1n, previous: (value) => value - 1n };

/** Sorts ranges and joins those that overlap or touch. */
export function mergeRanges<T extends number | bigint>(ranges: readonly Range<T>[], steps: Steps<T>): Range<T>[] {
  const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: Range<T>[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before === undefined || range.first > steps.next(before.last)) merged.push(range);
    else if (range.last > before.last) merged[merged.length - 1] = { first: before.first, last: range.last };
  }
  return merged;
}

/** What `from` holds and `minus` does not; both in order, as is the answer. */
export function subtractRanges<T extends number | bigint>(
  from: readonly Range<T>[],
  minus: readonly Range<T>[],
  steps: Steps<T>,
): Range<T>[] {
  const left: Range<T>[] = [];
  let at = 0;
  for (const range of from) {
    let first: T | null = range.first;
    while (at < minus.length && minus[at]!.last < range.first) at += 1;
    for (let cut = at; first !== null && cut < minus.length && minus[cut]!.first <= range.last; cut += 1) {
      const hole = minus[cut]!;
      if (hole.first > first) left.push({ first, last: steps.previous(hole.first) });
      first = hole.last < range.last ? steps.next(hole.last) : null;
    }
    if (first !== null) left.push({ first, last: range.last });
  }
  return left;
}

/** What both lists hold; both in order, as is the answer. */
export function intersectRanges<T extends number | bigint>(a: readonly Range<T>[], b: readonly Range<T>[]): Range<T>[] {
  const both: Range<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const one = a[i]!;
    const other = b[j]!;
    const first = one.first > other.first ? one.first : other.first;
    const last = one.last < other.last ? one.last : other.last;
    if (first <= last) both.push({ first, last });
    if (one.last < other.last) i += 1;
    else j += 1;
  }
  return both;
}

/** Whether ranges in order hold a value; O(log n). */
export function rangesHold<T extends number | bigint>(ranges: readonly Range<T>[], value: T): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]!.last < value) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && ranges[low]!.first <= value;
}
