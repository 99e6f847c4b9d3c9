import { expect, test } from "vitest";
import { epochMsOf, instantOf } from "./instant.ts";

test.for([
  ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2026-12-31T23:59:59Z", "2026-12-31T23:59:59.000Z"],
  ["2026-01-10 03:04:05", "2026-01-10T03:04:05.000Z"],
  ["2026-01-31T23:30:00-01:00", "2026-02-01T00:30:00.000Z"],
])("%s is %s", ([text = "", instant]) => {
  const ms = epochMsOf(text);
  expect(ms === null ? null : instantOf(ms)).toBe(instant);
});

test.for(["2026-02-29", "2026-02-30T03:04:05Z", "2026-04-31", "2026-13-01", "2026-01-32", "2026-1-1", "yesterday", ""])(
  "%s is no moment",
  (text) => {
    expect(epochMsOf(text)).toBeNull();
  },
);
