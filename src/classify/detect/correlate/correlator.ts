import type { Alert } from "../../../model/alert.ts";
import type { Detection } from "../../../model/detection.ts";
import type { LogEvent } from "../../../model/event.ts";
import { alertOf, draftAlert, growDraft } from "../alert-draft.ts";
import type { AlertDraft } from "../alert-draft.ts";
import type { EventWorld } from "../event-world.ts";
import type { Tally } from "../group-table.ts";

/** Who hears of alerts. */
export interface DetectSink {
  /** An alert began; it may grow. */
  opened(alert: Alert): void;
  /** The same alert (same `number`) as it ended. */
  closed(alert: Alert): void;
}

/** What alerts are made with. */
export interface AlertBench {
  readonly detection: Pick<Detection, "id" | "severity">;
  readonly world: EventWorld;
  /** Groups and rows of the whole run. */
  readonly total: Tally;
  /** The next alert's number. */
  nextNumber(): number;
}

/** What a correlation works with. */
export interface Bench extends AlertBench {
  readonly detection: Detection;
}

/** A detection at work: rows of its selections in, alerts out. */
export interface Correlator {
  /** Takes a row that meets the selections whose bits are set in `roles`. */
  take(event: LogEvent, roles: number, sink: DetectSink): void;
  /** Ends what has been quiet too long at that time. */
  sweep(now: number, sink: DetectSink): void;
  /** Ends the group touched longest ago, to make room. */
  evict(sink: DetectSink): void;
  /** Ends everything. */
  end(sink: DetectSink): void;
  groups(): number;
  held(): number;
}

/** Rows that make an alert. */
export interface OpeningRows {
  /** In order of time; of many only some are kept. */
  readonly rows: readonly LogEvent[];
  /** All of them. */
  readonly count: number;
  /** Times of the first and the last of all. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Opens an alert with its first rows. */
export function openAlert(
  bench: AlertBench,
  group: Readonly<Record<string, string>>,
  opening: OpeningRows,
  sink: DetectSink,
): AlertDraft {
  const { id, severity } = bench.detection;
  const draft = draftAlert({ detection: id, severity, number: bench.nextNumber(), group });
  for (const row of opening.rows) growDraft(draft, row, bench.world.addresses);
  draft.rows = opening.count;
  draft.firstAt = opening.firstAt;
  draft.lastAt = opening.lastAt;
  sink.opened(alertOf(draft));
  return draft;
}
