import { expect, test } from "vitest";
import { nearestWord } from "./nearest-word.ts";

const WORDS = ["prefixes", "ports", "perHost", "perNetwork", "optOut"];

test.each([
  ["prefixs", "prefixes"],
  ["perhost", "perHost"],
  ["per_host", "perHost"],
  ["prots", "ports"],
  ["opt-out", "optOut"],
  ["limits", null],
  ["", null],
  ["p".repeat(100_000), null],
])("%.20s → %s", (given, meant) => {
  expect(nearestWord(given, WORDS)).toBe(meant);
});
