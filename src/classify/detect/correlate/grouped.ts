import type { LogEvent } from "../../../model/event.ts";
import { alertOf } from "../alert-draft.ts";
import type { AlertDraft } from "../alert-draft.ts";
import type { Group, GroupTable } from "../group-table.ts";
import type { Correlator, DetectSink } from "./correlator.ts";

/** What every group has: its alert while it is open. */
export interface WithAlert {
  alert: AlertDraft | null;
}

/** Ends a group, and its alert with it. */
export function closeGroup<Body extends WithAlert>(
  table: GroupTable<Body>,
  group: Group<Body>,
  sink: DetectSink,
): void {
  table.drop(group);
  if (group.body.alert !== null) sink.closed(alertOf(group.body.alert));
}

/**
 * A correlator over a table of groups.
 *
 * @param quietMs - A group ends when the clock stands further than this from its newest row, either way; `null` = never.
 */
export function grouped<Body extends WithAlert>(
  table: GroupTable<Body>,
  quietMs: number | null,
  take: (event: LogEvent, roles: number, sink: DetectSink) => void,
): Correlator {
  return {
    take,
    sweep(now, sink) {
      if (quietMs === null) return;
      for (let group = table.oldest(); group !== null; group = table.oldest()) {
        if (Math.abs(now - group.newestAt) <= quietMs) return;
        closeGroup(table, group, sink);
      }
    },
    evict(sink) {
      const group = table.oldest();
      if (group !== null) closeGroup(table, group, sink);
    },
    end(sink) {
      for (let group = table.oldest(); group !== null; group = table.oldest()) closeGroup(table, group, sink);
    },
    groups: () => table.size(),
    held: () => table.held(),
  };
}
