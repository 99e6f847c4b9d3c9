import type { LogEvent } from "../../model/event.ts";
import type { WindowRule } from "../detect/correlate/windowed.ts";

/** The newest row of each rule, by its number. */
type Newest = Map<number, LogEvent>;

/** `temporal`: opens with the row that brings the `atLeast`th of the rules into the window, in any order; one row may stand for several. */
export function togetherRule(rules: number, atLeast: number, withinSeconds: number): WindowRule<Newest> {
  return {
    by: [],
    withinSeconds,
    counts: () => true,
    empty: () => new Map(),
    take(newest, event, roles, from) {
      for (let role = 0; role < rules; role += 1) {
        if ((roles & (1 << role)) === 0) continue;
        const known = newest.get(role);
        if (known === undefined || known.at <= event.at) newest.set(role, event);
      }
      for (const [role, row] of newest) if (row.at < from) newest.delete(role);
      if (newest.size < atLeast) return null;
      const rows = [...new Set(newest.values())].toSorted((a, b) => a.at - b.at);
      return { rows, count: rows.length, firstAt: rows[0]?.at ?? event.at, lastAt: rows.at(-1)?.at ?? event.at };
    },
    held: (newest) => newest.size,
  };
}
