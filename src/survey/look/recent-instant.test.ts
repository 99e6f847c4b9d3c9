import { expect, test } from "vitest";
import { recentInstant } from "./recent-instant.ts";

test.for([
  [0, "1970-01-01T00:00:00.000Z"],
  [7, "1970-01-01T00:00:00.007Z"],
  [7, "1970-01-01T00:00:00.007Z"],
  [999.9, "1970-01-01T00:00:00.999Z"],
  [1_000, "1970-01-01T00:00:01.000Z"],
  [1_768_014_245_120, "2026-01-10T03:04:05.120Z"],
  [1_768_014_245_099, "2026-01-10T03:04:05.099Z"],
  [1_768_014_246_000, "2026-01-10T03:04:06.000Z"],
  [1_768_014_245_999, "2026-01-10T03:04:05.999Z"],
] as const)("%d is %s, whatever was asked before", ([epochMs, text]) => {
  expect(recentInstant(epochMs)).toBe(text);
});
