import type { Correlation } from "../../../model/detection.ts";
import type { LogEvent } from "../../../model/event.ts";
import { alertOf, growDraft } from "../alert-draft.ts";
import { groupKeys } from "../group-key.ts";
import { groupTable } from "../group-table.ts";
import { grouped } from "./grouped.ts";
import type { WithAlert } from "./grouped.ts";
import { openAlert } from "./correlator.ts";
import type { Bench, Correlator, OpeningRows } from "./correlator.ts";

/** What a group of `first` or `change` remembers. */
export interface Standing extends WithAlert {
  /** The newest row that armed it. */
  armed: LogEvent | null;
}

/** What a row does to a group without a window. */
export interface StandingRule {
  /** Whether an open alert ends before the row is taken. */
  ends(roles: number): boolean;
  /** Whether the row counts into an open alert. */
  grows(roles: number): boolean;
  /** Rows that open an alert with this one; the group's memory is brought up to date. */
  take(body: Standing, event: LogEvent, roles: number): OpeningRows | null;
}

/**
 * Runs a correlation without a window: rows count in the order in which they come, whatever their clocks say; a group ends at the end of
 * all, or when room is needed (then it may speak again).
 */
export function standing(
  correlation: Extract<Correlation, { readonly kind: "first" | "change" }>,
  rule: StandingRule,
  bench: Bench,
): Correlator {
  const keys = groupKeys(correlation.by, bench.world);
  const table = groupTable<Standing>(bench.total);
  return grouped(table, null, (event, roles, sink) => {
    const key = keys.of(event);
    if (key === null) return;
    const group = table.touch(key) ?? table.open(key, { armed: null, alert: null }, event.at);
    const { body } = group;
    if (body.alert !== null && rule.ends(roles)) {
      sink.closed(alertOf(body.alert));
      body.alert = null;
    }
    if (body.alert !== null) {
      if (rule.grows(roles)) growDraft(body.alert, event, bench.world.addresses);
      return;
    }
    const opening = rule.take(body, event, roles);
    if (opening !== null) body.alert = openAlert(bench, keys.values(event), opening, sink);
    table.hold(group, body.armed === null ? 0 : 1);
  });
}
