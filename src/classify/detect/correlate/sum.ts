import type { Correlation } from "../../../model/detection.ts";
import type { FieldReader } from "../field-readers.ts";
import { forgetBefore, keepRow, keptRows, openingOf } from "./kept-rows.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { WindowRule } from "./windowed.ts";

interface Amount {
  /** Time of the first row in it. */
  readonly at: number;
  readonly amount: number;
  readonly rows: number;
}

interface SumWindow {
  /** In order of time. */
  readonly amounts: Amount[];
  /** What they add up to. */
  sum: number;
  rows: number;
  readonly kept: KeptRows;
}

/** Entries of a window; beyond it neighbours are joined, and leave the window with the first of them. */
const MOST = 4096;
/** Amounts weigh little beside whole rows. */
const AMOUNTS_A_ROW = 16;

/**
 * `sum`: opens with the row that makes the field add up to `atLeast` in the window. Rows without a number do not count. Of more than
 * 4,096 rows in a window neighbours are joined two by two: such a pair leaves the window with its first row, a little early.
 */
export function sumRule(
  correlation: Extract<Correlation, { readonly kind: "sum" }>,
  read: FieldReader,
): WindowRule<SumWindow> {
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: (event) => typeof read(event) === "number",
    empty: () => ({ amounts: [], sum: 0, rows: 0, kept: keptRows() }),
    take(window, event, _, from) {
      const { amounts, kept } = window;
      addAmount(window, { at: event.at, amount: Number(read(event)), rows: 1 });
      while ((amounts[0]?.at ?? from) < from) dropFirst(window);
      keepRow(kept, event);
      forgetBefore(kept, from);
      if (amounts.length > MOST) joinNeighbours(amounts);
      if (window.sum < correlation.atLeast) return null;
      return openingOf(kept, event, window.rows, amounts[0]?.at, Math.max(amounts.at(-1)?.at ?? event.at, event.at));
    },
    held: ({ amounts, kept }) => kept.rows.length + Math.floor(amounts.length / AMOUNTS_A_ROW),
  };
}

function addAmount(window: SumWindow, one: Amount): void {
  const { amounts } = window;
  let place = amounts.length;
  while (place > 0 && (amounts[place - 1]?.at ?? one.at) > one.at) place -= 1;
  if (place === amounts.length) amounts.push(one);
  else amounts.splice(place, 0, one);
  window.sum += one.amount;
  window.rows += one.rows;
}

function dropFirst(window: SumWindow): void {
  const first = window.amounts.shift();
  if (first === undefined) return;
  window.rows -= first.rows;
  window.sum = window.amounts.length === 0 ? 0 : window.sum - first.amount;
}

function joinNeighbours(amounts: Amount[]): void {
  const joined: Amount[] = [];
  for (let at = 0; at < amounts.length; at += 2) {
    const one = amounts[at];
    const next = amounts[at + 1];
    if (one === undefined) continue;
    joined.push(
      next === undefined ? one : { at: one.at, amount: one.amount + next.amount, rows: one.rows + next.rows },
    );
  }
  amounts.length = 0;
  amounts.push(...joined);
}
