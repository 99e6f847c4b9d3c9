import { expect, test } from "vitest";
import { parseDaySpan } from "./study-window.ts";

test.each([
  [undefined, undefined, null],
  ["2025-03-01", undefined, { from: "2025-03-01T00:00:00.000Z", until: null }],
  ["2025-03-01", "2025-03-01", { from: "2025-03-01T00:00:00.000Z", until: "2025-03-02T00:00:00.000Z" }],
  [undefined, "2024-02-29", { from: null, until: "2024-03-01T00:00:00.000Z" }],
])("from %s until %s", (from, until, span) => {
  expect(parseDaySpan(from, until)).toEqual(span);
});

test.each([
  ["2025-02-30", undefined],
  ["yesterday", undefined],
  [undefined, "2025-3-1"],
  [undefined, "2025-03-01T00:00:00Z"],
  ["2025-03-02", "2025-03-01"],
])("refused: from %s until %s", (from, until) => {
  expect(() => parseDaySpan(from, until)).toThrow(/--from|--until/u);
});
