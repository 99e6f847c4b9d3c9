import type { ZoneRule } from "../../model/zone-rule.ts";
import { zoneWords } from "./civil-time.ts";

const MINUTE_MS = 60_000;
/** A change back from summer time shows as a jump of the clock by an hour, less the pause between two rows. */
const BACK_MIN_MS = 30 * MINUTE_MS;
const BACK_MAX_MS = 61 * MINUTE_MS;
const FORWARD_MS = 60 * MINUTE_MS;

/** Which zone the rows without one are in, as far as rows before have told. */
export interface ToldZone {
  /** A row with a zone stands here; `localMs`, where it is known, is its time in that zone. */
  heard(minutes: number, line: number, localMs?: number): void;
  /** Minutes east of UTC of a row at this local time; `null` = rows behind must tell, it should wait. */
  at(localMs: number): number | null;
  /** What rows that have waited long enough are taken for. */
  assumed(): number;
  /** In words for the person; `null` = no row without zone was read. */
  words(): string | null;
}

/**
 * Makes the memory of one file. Without the user's word a row takes the zone of the last row that had one. It waits for the next such row when there was
 * none yet, when the clock seems to have gone back by an hour (end of summer time, or forward by at least one: perhaps its beginning).
 */
export function toldZone(given: number | ZoneRule | null): ToldZone {
  let zone: number | null = null;
  let first: { readonly minutes: number; readonly line: number } | null = null;
  let changes = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let doubt: "none" | "back" | "forward" = "none";
  let asked = false;
  /** Too many rows came before any with a zone: they are taken for UTC until one comes. */
  let isGuessed = false;
  return {
    heard(minutes, line, localMs = newest) {
      if (first === null) first = { minutes, line };
      else if (zone !== minutes) changes += 1;
      zone = minutes;
      newest = localMs;
      doubt = "none";
    },
    at(localMs) {
      asked = true;
      if (given !== null) return givenMinutes(given, localMs);
      if (zone === null) return isGuessed ? 0 : null;
      const step = newest === Number.NEGATIVE_INFINITY ? 0 : localMs - newest;
      newest = localMs;
      if (step >= FORWARD_MS) doubt = "forward";
      else if (step <= -BACK_MIN_MS && step >= -BACK_MAX_MS) doubt = "back";
      return doubt === "none" ? zone : null;
    },
    assumed() {
      if (zone === null) {
        isGuessed = true;
        return 0;
      }
      if (doubt === "back") {
        zone -= 60;
        changes += 1;
      }
      doubt = "none";
      return zone;
    },
    words() {
      if (!asked) return null;
      if (given !== null)
        return `times without zone were read as ${typeof given === "number" ? zoneWords(given) : given.words}, as you said`;
      if (first === null) return "times without zone were read as UTC: no row tells the zone";
      const many = changes === 0 ? "" : `; the zone changed ${changes === 1 ? "once" : `${changes} times`} on the way`;
      const before = isGuessed ? "UTC at first, then as " : "";
      return `times without zone were read as ${before}${zoneWords(first.minutes)}, as line ${first.line} tells${many}`;
    },
  };
}

/** Minutes east of UTC that the user's word says of a local time. */
export function givenMinutes(given: number | ZoneRule, localMs: number): number {
  return typeof given === "number" ? given : given.minutesAt(localMs);
}
