import { instantOf } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";

const SECOND_MS = 1000;
/** Ends of an instant's text: `000Z` to `999Z`. */
const ENDS = Array.from({ length: SECOND_MS }, (_, ms) => `${String(ms).padStart(3, "0")}Z`);

let lastMs = Number.NaN;
let lastText: Instant = "";
let lastSecond = Number.NaN;
let secondText = "";

/** `instantOf`, remembering the last second: thousands of requests leave within the same one. */
export function recentInstant(epochMs: number): Instant {
  if (epochMs === lastMs) return lastText;
  const wholeMs = Math.floor(epochMs);
  const second = Math.floor(wholeMs / SECOND_MS);
  if (second !== lastSecond) {
    secondText = instantOf(second * SECOND_MS).slice(0, -"000Z".length);
    lastSecond = second;
  }
  lastText = secondText + (ENDS[wholeMs - second * SECOND_MS] ?? "");
  lastMs = epochMs;
  return lastText;
}
