import type { Correlation } from "../../../model/detection.ts";
import { forgetBefore, keepRow, keptRows, openingOf } from "./kept-rows.ts";
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
      return openingOf(kept, event, times.length, times[0], times.at(-1));
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
