import type { Correlation } from "../../../model/detection.ts";
import type { FieldReader } from "../field-readers.ts";
import { forgetBefore, keepRow, keptRows, openingOf } from "./kept-rows.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { WindowRule } from "./windowed.ts";

/** Entries in order of time; side by side, because numbers in arrays of their own take least room. */
interface SumWindow {
  readonly times: number[];
  readonly amounts: number[];
  /** Rows in each entry. */
  readonly counts: number[];
  /** What the amounts add up to. */
  sum: number;
  rows: number;
  readonly kept: KeptRows;
}

/** Entries of a window; beyond it neighbours are joined, and leave the window with the first of them. */
const MOST = 2048;
/** Entries weigh little beside whole rows. */
const ENTRIES_A_ROW = 16;

/**
 * `sum`: opens with the row that makes the field add up to `atLeast` in the window. Rows without a number do not count. Of more than
 * 2,048 rows in a window neighbours are joined two by two: such a pair leaves the window with its first row, a little early.
 */
export function sumRule(
  correlation: Extract<Correlation, { readonly kind: "sum" }>,
  read: FieldReader,
): WindowRule<SumWindow> {
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: (event) => typeof read(event) === "number",
    empty: () => ({ times: [], amounts: [], counts: [], sum: 0, rows: 0, kept: keptRows() }),
    take(window, event, _, from) {
      const { times, kept } = window;
      addAmount(window, event.at, Number(read(event)));
      while ((times[0] ?? from) < from) dropFirst(window);
      keepRow(kept, event);
      forgetBefore(kept, from);
      const lastAt = times.at(-1) ?? event.at;
      if (times.length > MOST) joinNeighbours(window);
      return window.sum < correlation.atLeast ? null : openingOf(kept, event, window.rows, times[0], lastAt);
    },
    held: ({ times, kept }) => kept.rows.length + Math.floor(times.length / ENTRIES_A_ROW),
  };
}

function addAmount(window: SumWindow, at: number, amount: number): void {
  const { times, amounts, counts } = window;
  let place = times.length;
  while (place > 0 && (times[place - 1] ?? at) > at) place -= 1;
  if (place === times.length) {
    times.push(at);
    amounts.push(amount);
    counts.push(1);
  } else {
    times.splice(place, 0, at);
    amounts.splice(place, 0, amount);
    counts.splice(place, 0, 1);
  }
  window.sum += amount;
  window.rows += 1;
}

function dropFirst(window: SumWindow): void {
  const { times, amounts, counts } = window;
  times.shift();
  window.rows -= counts.shift() ?? 0;
  const amount = amounts.shift() ?? 0;
  window.sum = amounts.length === 0 ? 0 : window.sum - amount;
}

/** Joins entries two by two, in place. */
function joinNeighbours({ times, amounts, counts }: SumWindow): void {
  const half = Math.ceil(times.length / 2);
  for (let at = 0; at < half; at += 1) {
    times[at] = times[2 * at] ?? 0;
    amounts[at] = (amounts[2 * at] ?? 0) + (amounts[2 * at + 1] ?? 0);
    counts[at] = (counts[2 * at] ?? 0) + (counts[2 * at + 1] ?? 0);
  }
  times.length = half;
  amounts.length = half;
  counts.length = half;
}
