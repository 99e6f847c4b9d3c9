import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import type { CostTable } from "./cost.ts";
import type { SourceReport, Unread } from "./hunt-source.ts";
import type { SigmaReport } from "./sigma-report.ts";
import type { Suppression } from "./suppression.ts";

/** An alert that the user chose not to hear of. */
export interface SuppressedAlert {
  readonly alert: Alert;
  readonly by: Suppression;
}

/** What a hunt found, and what it could not read. */
export interface HuntResult {
  readonly toolVersion: string;
  /** In the order of their first row, numbered from 1. */
  readonly alerts: readonly Alert[];
  readonly suppressed: readonly SuppressedAlert[];
  /** Alerts beyond those that are listed, by detection. */
  readonly unlisted: ReadonlyMap<string, number>;
  /** Suppressions whose day has passed: they hold nothing back. */
  readonly expired: readonly Suppression[];
  readonly detections: ReadonlyMap<string, Detection>;
  /** Detections that compare two logs of which only one is there. */
  readonly blind: readonly string[];
  readonly sources: readonly SourceReport[];
  readonly unread: readonly Unread[];
  /** Groups of rows that were closed before their time for want of room. */
  readonly evicted: number;
  readonly cost: CostTable | null;
  /** What became of the person's own Sigma rules; `null` = none were given. */
  readonly sigma: SigmaReport | null;
}

/** The title of an alert's detection. */
export function titleOf(result: HuntResult, alert: Alert): string {
  return result.detections.get(alert.detection)?.title ?? alert.detection;
}

/** Rows of all logs. */
export function rowsRead({ sources }: HuntResult): number {
  return sources.reduce((sum, { tally }) => sum + tally.rows, 0);
}
