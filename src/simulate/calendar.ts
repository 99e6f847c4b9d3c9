import { epochMsOf, instantOf } from "../model/instant.ts";
import type { CampaignModel } from "./campaign-model.ts";

/** One day of a campaign. */
export interface CalendarDay {
  readonly index: number;
  /** `2026-03-02` */
  readonly date: string;
  readonly startMs: number;
  /** A run takes place. */
  readonly attempted: boolean;
  /** Only half of the targets is asked. */
  readonly partial: boolean;
  /** The first day of its month, and the Monday of its week. */
  readonly month: string;
  readonly week: string;
}

const DAY_MS = 86_400_000;
/** Days from a Monday to the 1st of January 1970. */
const EPOCH_WEEKDAY = 3;

/** Every day of a campaign in order. */
export function calendarOf(model: CampaignModel): readonly CalendarDay[] {
  const fromMs = epochMsOf(model.from) ?? 0;
  const missing = new Set(model.missingDays);
  const partial = new Set(model.partialDays);
  return Array.from({ length: model.days }, (_, index) => {
    const startMs = fromMs + index * DAY_MS;
    const date = dateOf(startMs);
    const weekday = (startMs / DAY_MS + EPOCH_WEEKDAY) % 7;
    return {
      index,
      date,
      startMs,
      attempted: !missing.has(index),
      partial: partial.has(index) && !missing.has(index),
      month: `${date.slice(0, 7)}-01`,
      week: dateOf(startMs - weekday * DAY_MS),
    };
  });
}

/** Whether half runs leave a host out: every second one. */
export function isLeftOut(day: CalendarDay, host: number): boolean {
  return day.partial && host % 2 === 1;
}

function dateOf(ms: number): string {
  return instantOf(ms).slice(0, 10);
}
