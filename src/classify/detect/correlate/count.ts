import type { Correlation } from "../../../model/detection.ts";
import { forgetBefore, keepRow, keptRows } from "./kept-rows.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { WindowRule } from "./windowed.ts";

interface CountWindow {
  /** Times of the rows in the window, in order. */
  readonly times: number[];
  readonly kept: KeptRows;
}

/** Times weigh little beside whole rows. */
const TIMES_A_ROW = 64;

/** `count`: opens with the row that makes `atLeast` in the window. */
export function countRule(correlation: Extract<Correlation, { readonly kind: "count" }>): WindowRule<CountWindow> {
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: () => true,
    empty: () => ({ times: [], kept: keptRows() }),
    take({ times, kept }, event, _, from) {
      insertTime(times, event.at);
      while ((times[0] ?? from) < from) times.shift();
      keepRow(kept, event);
      forgetBefore(kept, from);
      if (times.length < correlation.atLeast) return null;
      return { rows: kept.rows, count: times.length, firstAt: times[0] ?? event.at };
    },
    held: ({ times, kept }) => kept.rows.length + Math.floor(times.length / TIMES_A_ROW),
  };
}

/** Puts a time into its place; nearly always that is the end. */
function insertTime(times: number[], at: number): void {
  let place = times.length;
  while (place > 0 && (times[place - 1] ?? at) > at) place -= 1;
  if (place === times.length) times.push(at);
  else times.splice(place, 0, at);
}
