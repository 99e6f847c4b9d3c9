import { instantOf } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";

let lastMs = Number.NaN;
let lastText: Instant = "";

/** `instantOf`, remembering the last one: thousands of requests leave within the same milliseconds. */
export function recentInstant(epochMs: number): Instant {
  if (epochMs !== lastMs) {
    lastText = instantOf(epochMs);
    lastMs = epochMs;
  }
  return lastText;
}
