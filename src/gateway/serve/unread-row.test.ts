import { expect, test } from "vitest";
import { GARBAGE, RowDrip } from "./unread-row.ts";

test("ten at once, then one a second, whatever comes; a quiet time saves ten and no more", () => {
  const drip = new RowDrip(GARBAGE);
  const at = (ms: number, times: number): number =>
    Array.from({ length: times }, () => drip.take(ms)).filter(Boolean).length;
  expect(at(0, 50)).toBe(10);
  expect([at(500, 5), at(1000, 5), at(1900, 5), at(2000, 5)]).toEqual([0, 1, 0, 1]);
  expect(at(3_600_000, 50)).toBe(10);
  let written = 0;
  for (let ms = 3_600_100; ms <= 3_630_000; ms += 100) written += at(ms, 10);
  expect(written).toBe(30);
});
