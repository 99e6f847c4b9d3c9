/** A moment as ISO 8601 UTC text with milliseconds, `2026-01-10T03:04:05.123Z`. The only module that touches `Date`. */
export type Instant = string;

/** Milliseconds since 1970 → ISO text. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** ISO text → milliseconds since 1970; `null` when it is no moment. A text without zone counts as UTC. */
export function epochMsOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/u.test(text))
    return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) || text.length === 10;
  const ms = Date.parse(zoned ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(ms) || !isDay(text) ? null : ms;
}

/** The parser takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  return day.slice(8) < "29" || new Date(day).toISOString().startsWith(day);
}
