import type { LogEvent } from "../model/event.ts";

/** V8 shares the letters of pieces from this length on with the text they were cut from. */
const SHARED_FROM = 13;
/** Characters of a row that are kept as evidence; the command that shows the row shows all of it. */
const LONGEST_KEPT = 4096;

/** The event with texts of its own, so that it can be kept after its chunk is gone; the row's words are cut at 4,096 characters. */
export function detachEvent(event: LogEvent): LogEvent {
  const { place } = event;
  const copy: Record<string, unknown> = {
    ...event,
    place: {
      source: place.source,
      line: place.line,
      offset: place.offset,
      text: ownText(place.text.slice(0, LONGEST_KEPT)),
    },
  };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === "string") copy[key] = ownText(value);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same keys with the same values, copied
  return copy as unknown as LogEvent;
}

/** A joined text is written anew before a piece of it is cut: the piece shares letters with that alone, not with the chunk. */
function ownText(text: string): string {
  return text.length < SHARED_FROM ? text : ` ${text}`.slice(1);
}
