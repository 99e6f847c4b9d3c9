import fc from "fast-check";
import { expect, test } from "vitest";
import { createDeadlineWheel, onceAt } from "./deadline-wheel.ts";

test("fires once, not before its time and at most a slot late", () => {
  const wheel = createDeadlineWheel(32, 1_000);
  const fired: number[] = [];
  wheel.add(onceAt(1_100, (nowMs) => fired.push(nowMs)));
  for (let nowMs = 1_000; nowMs <= 1_300; nowMs += 10) wheel.advance(nowMs);
  expect(fired).toHaveLength(1);
  expect(fired[0]).toBeGreaterThanOrEqual(1_100);
  expect(fired[0]).toBeLessThanOrEqual(1_142);
});

test("a deadline that moved later waits; one that was called off is silent", () => {
  const wheel = createDeadlineWheel(32, 0);
  const fired: string[] = [];
  const moved = onceAt(100, () => fired.push("moved"));
  const off = onceAt(100, () => fired.push("off"));
  wheel.add(moved);
  wheel.add(off);
  moved.dueMs = 500;
  off.dueMs = Infinity;
  wheel.advance(499);
  expect(fired).toEqual([]);
  wheel.advance(600);
  expect(fired).toEqual(["moved"]);
});

test("every deadline fires exactly once, far ones and a clock that stood still included", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(60_000), { maxLength: 40 }),
      fc.array(fc.nat(9_000), { maxLength: 20 }),
      (dues, steps) => {
        const wheel = createDeadlineWheel(32, 0);
        const fired: { readonly due: number; readonly at: number }[] = [];
        for (const due of dues) wheel.add(onceAt(due, (at) => fired.push({ due, at })));
        let nowMs = 0;
        for (const step of [...steps, ...Array.from({ length: 20 }, () => 5_000)]) wheel.advance((nowMs += step));
        expect(fired.map(({ due }) => due).toSorted((a, b) => a - b)).toEqual(dues.toSorted((a, b) => a - b));
        expect(fired.every(({ due, at }) => at >= due)).toBe(true);
      },
    ),
  );
});
