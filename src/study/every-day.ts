import { epochMsOf, instantOf } from "../model/instant.ts";
import type { DayRow } from "./read-output.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 3_660; // ten years: a stray date must not draw a million columns

/** A day of the window; `counted` is `null` when nobody looked. */
export interface WindowDay {
  readonly day: string;
  readonly counted: number | null;
}

/** Fills the days between the first and the last, which nobody looked at: a gap is not a zero. Days come in order, each once. */
export function everyDay(days: readonly DayRow[]): readonly WindowDay[] {
  const firstMs = epochMsOf(days[0]?.day ?? "");
  const lastMs = epochMsOf(days.at(-1)?.day ?? "");
  if (firstMs === null || lastMs === null || (lastMs - firstMs) / DAY_MS > MOST_DAYS) return days;
  const counted = new Map(days.map((row) => [row.day, row.counted]));
  const window: WindowDay[] = [];
  for (let ms = firstMs; ms <= lastMs; ms += DAY_MS) {
    const day = instantOf(ms).slice(0, 10);
    window.push({ day, counted: counted.get(day) ?? null });
  }
  return window;
}
