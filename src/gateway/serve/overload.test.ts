import { expect, test } from "vitest";
import { Overload } from "./overload.ts";

test("who is late by its own requests refuses new ones until it is not late any more; a busy machine alone refuses nobody", () => {
  const overload = new Overload();
  const ring = (lateMs: number, begun: number, ownShare = 0.9): boolean => {
    for (let count = 0; count < begun; count += 1) overload.begun();
    overload.rang(lateMs, ownShare);
    return overload.isShedding;
  };
  expect(ring(500, 3)).toBe(false);
  expect(ring(50, 1000)).toBe(false);
  // Once alone is what a cold start costs.
  expect(ring(80, 1000)).toBe(false);
  expect(ring(80, 1000)).toBe(true);
  expect(ring(40, 1000)).toBe(true);
  expect(ring(10, 1000)).toBe(false);
  expect(ring(80, 1000, 0.2)).toBe(false);
  expect(ring(80, 1000, 0.2)).toBe(false);
  expect(ring(80, 1000)).toBe(false);
  expect(ring(80, 1000)).toBe(true);
  expect(ring(80, 0)).toBe(false);
});
