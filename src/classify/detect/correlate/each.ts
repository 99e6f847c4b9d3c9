import type { Correlation } from "../../../model/detection.ts";
import type { WindowRule } from "./windowed.ts";

/** `each`: the first row opens an alert; rows that follow within the time are the same alert. */
export function eachRule(correlation: Extract<Correlation, { readonly kind: "each" }>): WindowRule<null> {
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: () => true,
    empty: () => null,
    take: (_, event) => ({ rows: [event], count: 1, firstAt: event.at, lastAt: event.at }),
    held: () => 0,
  };
}
