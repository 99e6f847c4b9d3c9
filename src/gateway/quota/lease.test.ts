import fc from "fast-check";
import { expect, test } from "vitest";
import { blockOf, retrySeconds } from "./lease.ts";

test.for([
  [{ left: 1000, need: 1, want: 64, workers: 4 }, 64],
  [{ left: 100, need: 1, want: 64, workers: 4 }, 12],
  [{ left: 7, need: 1, want: 64, workers: 4 }, 1],
  [{ left: 7, need: 5, want: 64, workers: 4 }, 5],
  [{ left: 5, need: 5, want: 5, workers: 1 }, 5],
  [{ left: 4, need: 5, want: 64, workers: 1 }, 0],
  [{ left: 0, need: 1, want: 1, workers: 1 }, 0],
  [{ left: -30, need: 1, want: 1, workers: 1 }, 0],
] as const)("%o gets %i", ([ask, units]) => {
  expect(blockOf(ask)).toBe(units);
});

test("a block is nothing, or at least what is needed and at most what is left", () => {
  const ask = fc.record({
    left: fc.integer({ min: -1000, max: 1e9 }),
    need: fc.integer({ min: 1, max: 1e6 }),
    want: fc.integer({ min: 1, max: 1e9 }),
    workers: fc.integer({ min: 1, max: 64 }),
  });
  fc.assert(
    fc.property(ask, (one) => {
      const units = blockOf(one);
      if (one.left < one.need) expect(units).toBe(0);
      else expect(units >= one.need && units <= one.left && units <= Math.max(one.need, one.want)).toBe(true);
    }),
  );
});

test.for([
  [-5, 1],
  [0, 1],
  [1000, 1],
  [1001, 2],
] as const)("%i ms are %i s to wait", ([ms, seconds]) => {
  expect(retrySeconds(ms)).toBe(seconds);
});
