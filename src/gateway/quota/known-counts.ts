import type { CalendarWindow } from "./calendar-window.ts";

/** What one counter stood at when it was last seen. */
export interface KnownCount {
  readonly meter: string;
  readonly window: CalendarWindow;
  readonly spent: number;
}

/** Counters as last seen, by meter and window. */
export type KnownCounts = Map<string, KnownCount>;

/** A counter's name in maps and, after a prefix, in Redis. */
export function countId(meter: string, window: CalendarWindow): string {
  return `${meter}:${window.start}`;
}

/** Forgets the counters of windows that have ended. */
export function forgetEnded(known: KnownCounts, atMs: number): void {
  for (const [id, { window }] of known) if (window.ends <= atMs) known.delete(id);
}
