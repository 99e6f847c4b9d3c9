import type { LogEvent } from "../../../model/event.ts";
import type { OpeningRows } from "./correlator.ts";

/** Rows kept as they stand; beyond it every second one goes. */
const MOST = 64;

/** Some of the rows of a window, in order of time: all of them up to 64, then every second, every fourth … */
export interface KeptRows {
  readonly rows: LogEvent[];
  /** One of so many is kept. */
  step: number;
  seen: number;
}

/** Keeps none yet. */
export function keptRows(): KeptRows {
  return { rows: [], step: 1, seen: 0 };
}

/** Takes a row into its place in time, after those of the same time. */
export function keepRow(kept: KeptRows, event: LogEvent): void {
  kept.seen += 1;
  if (kept.seen % kept.step !== 0) return;
  const { rows } = kept;
  const place = placeOf(rows, event.at);
  if (place === rows.length) rows.push(event);
  else rows.splice(place, 0, event);
  if (rows.length <= MOST) return;
  const half = rows.filter((_, at) => at % 2 === 0);
  rows.length = 0;
  rows.push(...half);
  kept.step *= 2;
}

/** The rows of an alert that opens with `event`, which is always one of those kept. */
export function openingOf(
  kept: KeptRows,
  event: LogEvent,
  count: number,
  firstAt = event.at,
  lastAt = event.at,
): OpeningRows {
  const rows = kept.rows.includes(event) ? kept.rows : [...kept.rows, event];
  return { rows, count, firstAt, lastAt };
}

/** Lets go of what is older than `from`. */
export function forgetBefore(kept: KeptRows, from: number): void {
  const { rows } = kept;
  let gone = 0;
  while (gone < rows.length && (rows[gone]?.at ?? from) < from) gone += 1;
  if (gone > 0) rows.splice(0, gone);
}

function placeOf(rows: readonly LogEvent[], at: number): number {
  let place = rows.length;
  while (place > 0 && (rows[place - 1]?.at ?? at) > at) place -= 1;
  return place;
}
