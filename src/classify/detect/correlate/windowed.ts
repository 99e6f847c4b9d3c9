import type { EventField } from "../../../model/condition.ts";
import type { LogEvent } from "../../../model/event.ts";
import { growDraft } from "../alert-draft.ts";
import { groupKeys } from "../group-key.ts";
import type { GroupKeys } from "../group-key.ts";
import { groupTable } from "../group-table.ts";
import type { Group } from "../group-table.ts";
import { closeGroup, grouped } from "./grouped.ts";
import type { WithAlert } from "./grouped.ts";
import { openAlert } from "./correlator.ts";
import type { AlertBench, Correlator, DetectSink, OpeningRows } from "./correlator.ts";

/** What one kind of correlation remembers of a group in its window, and when that is enough. */
export interface WindowRule<Body> {
  readonly by: readonly EventField[];
  readonly withinSeconds: number;
  /** Whether the row counts at all. */
  counts(event: LogEvent): boolean;
  empty(): Body;
  /** Takes a row; `from` is where the window begins, included. Gives the rows of an alert once there are enough. */
  take(body: Body, event: LogEvent, roles: number, from: number): OpeningRows | null;
  /** Rows it holds on to. */
  held(body: Body): number;
}

interface State<Body> extends WithAlert {
  /** What waits to become an alert; emptied when it has. */
  window: Body;
}

/**
 * Runs a kind of correlation that looks at a sliding window, group by group.
 *
 * - The window ends at the group's newest row and reaches back `withinSeconds`, both ends included.
 * - An alert opens with the row that fills the window, from the rows in it. Every later row of the group that comes within `withinSeconds`
 *   of the newest one is counted into it; it closes when none does, and the group begins anew.
 * - Rows of the same millisecond are all inside or all outside; where order matters, the one that comes first is the earlier.
 * - A row older than the group's newest by up to `withinSeconds` counts as if it had come in time. One that is older, or newer by more,
 *   ends the group: it was quiet, or its clock was set; it begins anew with that row.
 * - A group that no row touches ends when the stream's clock stands more than twice `withinSeconds` from its newest row, either way: no
 *   row that counts as late could have continued it.
 */
export function windowed<Body>(
  rule: WindowRule<Body>,
  bench: AlertBench,
  keys: GroupKeys = groupKeys(rule.by, bench.world),
): Correlator {
  const within = rule.withinSeconds * 1000;
  const table = groupTable<State<Body>>(bench.total);
  function groupFor(key: string, at: number, sink: DetectSink): Group<State<Body>> {
    const group = table.touch(key);
    if (group !== null) {
      if (Math.abs(at - group.newestAt) <= within) {
        if (at > group.newestAt) group.newestAt = at;
        return group;
      }
      closeGroup(table, group, sink);
    }
    return table.open(key, { window: rule.empty(), alert: null }, at);
  }
  return grouped(table, 2 * within, (event, roles, sink) => {
    const key = keys.of(event);
    if (key === null || !rule.counts(event)) return;
    const group = groupFor(key, event.at, sink);
    const { body } = group;
    if (body.alert !== null) {
      growDraft(body.alert, event, bench.world.addresses);
      return;
    }
    const opening = rule.take(body.window, event, roles, group.newestAt - within);
    if (opening !== null) {
      body.alert = openAlert(bench, keys.values(event), opening, sink);
      body.window = rule.empty();
    }
    table.hold(group, rule.held(body.window));
  });
}
