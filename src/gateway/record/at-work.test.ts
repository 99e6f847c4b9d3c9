import { expect, test } from "vitest";
import { recordRow } from "../../../test/gateway/record/record-rows.ts";
import { AtWorkMemory } from "./at-work.ts";
import { recordLine } from "./record-line.ts";
import type { RecordRow } from "./record-row.ts";
import { rowOfLine } from "./row-of-line.ts";

const STANDING = recordRow({
  at: "2026-01-10T12:00:00.000Z",
  id: "a-1",
  ended: "worker-died",
  durationMs: 1000,
  waitMs: 10,
});
const AT = Date.parse("2026-01-10T12:00:03.500Z");

function told(row: RecordRow): string {
  return `${row.id} ${recordLine(row)}`;
}

test("what is at work in a worker that dies leaves its last row, lasting until then; what has ended does not", () => {
  const memory = new AtWorkMemory();
  memory.take(
    1,
    [told(STANDING), told({ ...STANDING, id: "a-2" }), told({ ...STANDING, id: "a-3", waitMs: 1000 })],
    [],
  );
  memory.take(2, [told({ ...STANDING, id: "b-1" })], []);
  memory.take(1, [told({ ...STANDING, answerTokens: 300 })], ["a-2"]);
  const { lines, tallies } = memory.died(1, AT);
  expect(lines.map(rowOfLine)).toEqual([
    { ...STANDING, answerTokens: 300, durationMs: 3500 },
    { ...STANDING, id: "a-3", durationMs: 3500, waitMs: 3500 },
  ]);
  expect(tallies).toMatchObject([{ ended: "worker-died", requests: 2, modelMs: 3490 }]);
  expect(memory.died(1, AT).lines).toEqual([]);
  expect(memory.died(2, AT).lines).toHaveLength(1);
});

test.for(["", "a-1", "a-1 {}", 'a-1 {"at":"x"}'])("a line that is no row (%j) leaves none", (line) => {
  const memory = new AtWorkMemory();
  memory.take(1, [line], []);
  expect(memory.died(1, AT).lines).toEqual([]);
});

test("a clock that was set back makes no row shorter than it was told", () => {
  const memory = new AtWorkMemory();
  memory.take(1, [told(STANDING)], []);
  expect(memory.died(1, AT - 60_000).lines.map(rowOfLine)).toMatchObject([{ durationMs: 1000 }]);
});
