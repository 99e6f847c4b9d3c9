import type { Correlation } from "../../../model/detection.ts";
import type { LogEvent } from "../../../model/event.ts";
import type { FieldReader } from "../field-readers.ts";
import type { WindowRule } from "./windowed.ts";

/** The newest row of each value. */
type DistinctWindow = Map<string, LogEvent>;

/**
 * `distinct`: opens with the row that brings the `atLeast`th value into the window. The alert's rows are the newest of each value; rows
 * without a value do not count. Values are compared exactly.
 */
export function distinctRule(
  correlation: Extract<Correlation, { readonly kind: "distinct" }>,
  read: FieldReader,
): WindowRule<DistinctWindow> {
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: (event) => read(event) !== null,
    empty: () => new Map(),
    take(newest, event, _, from) {
      const value = String(read(event));
      const known = newest.get(value);
      if (known === undefined || known.at <= event.at) newest.set(value, event);
      if (newest.size < correlation.atLeast) return null;
      for (const [old, row] of newest) if (row.at < from) newest.delete(old);
      if (newest.size < correlation.atLeast) return null;
      const rows = [...newest.values()].toSorted((a, b) => a.at - b.at);
      return { rows, count: rows.length, firstAt: rows[0]?.at ?? event.at, lastAt: rows.at(-1)?.at ?? event.at };
    },
    held: (newest) => newest.size,
  };
}
