import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPermutation, createWalk, indexAt, LARGEST_SPACE, walkLength } from "./permutation.ts";
import { WHOLE } from "./shard.ts";

function indexes(size: number, seed: string, of: number): number[][] {
  const permutation = createPermutation(size, seed);
  return Array.from({ length: of }, (_, part) => {
    const walk = createWalk(permutation, { index: part + 1, of }, 0);
    const seen: number[] = [];
    for (let at = walk.next(); at !== null; at = walk.next()) seen.push(at.index);
    return seen;
  });
}

const sizes = fc.integer({ min: 0, max: 3000 });
const seeds = fc.string({ maxLength: 8 });

describe("R19: targets in random order, each once", () => {
  test("the shards of any space hold every index exactly once", () => {
    fc.assert(
      fc.property(sizes, seeds, fc.integer({ min: 1, max: 9 }), (size, seed, of) => {
        const all = indexes(size, seed, of).flat();
        expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
      }),
    );
  });

  test("a walk goes on exactly where any other stood", () => {
    fc.assert(
      fc.property(sizes, seeds, fc.integer({ min: 1, max: 4 }), fc.nat({ max: 3000 }), (size, seed, of, stop) => {
        const permutation = createPermutation(size, seed);
        const shard = { index: of, of };
        const first = createWalk(permutation, shard, 0);
        for (let step = 0; step < stop; step += 1) first.next();
        const second = createWalk(permutation, shard, first.position);
        for (let step = 0; step < 20; step += 1) expect(second.next()).toEqual(first.next());
      }),
    );
  });

  test("the index at a position is the one the walk hands out there", () => {
    fc.assert(
      fc.property(sizes, seeds, fc.integer({ min: 1, max: 4 }), (size, seed, of) => {
        const permutation = createPermutation(size, seed);
        const shard = { index: 1, of };
        const walk = createWalk(permutation, shard, 0);
        for (let at = walk.next(); at !== null; at = walk.next()) {
          expect(indexAt(permutation, shard, at.position)).toBe(at.index);
        }
      }),
      { numRuns: 20 },
    );
  });

  test.each([2 ** 16, 2 ** 24, 2 ** 32, 2 ** 36 + 5, 2 ** 40, LARGEST_SPACE])(
    "doubles multiply as exactly as big integers in a space of %d",
    (size) => {
      const permutation = createPermutation(size, "exact");
      const walk = createWalk(permutation, { index: 2, of: 3 }, 0);
      for (let step = 0; step < 2000; step += 1) {
        const at = walk.next();
        expect(indexAt(permutation, { index: 2, of: 3 }, at?.position ?? -1)).toBe(at?.index);
      }
    },
  );

  test.each(["1", "2", "scope"])("neighbours in time are rarely neighbours in the network (seed %s)", (seed) => {
    const permutation = createPermutation(2 ** 24, seed);
    const walk = createWalk(permutation, WHOLE, 0);
    let together = 0;
    let before = walk.next()?.index ?? 0;
    for (let step = 0; step < 50_000; step += 1) {
      const index = walk.next()?.index ?? 0;
      if (index >>> 8 === before >>> 8) together += 1;
      before = index;
    }
    expect(together).toBeLessThan(20); // chance alone gives 50,000 / 65,536
  });

  test.each(["1", "2", "scope"])("every tenth of the walk covers every tenth of the space alike (seed %s)", (seed) => {
    const walk = createWalk(createPermutation(100_000, seed), WHOLE, 0);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let step = 0; step < 10_000; step += 1) {
      const tenth = Math.floor((walk.next()?.index ?? 0) / 10_000);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});

test("U4: the same seed gives the same order, another seed another", () => {
  expect(indexes(1000, "a", 1)).toEqual(indexes(1000, "a", 1));
  expect(indexes(1000, "a", 1)).not.toEqual(indexes(1000, "b", 1));
});

test("the steps of the shards sum to the order of the group", () => {
  const permutation = createPermutation(1000, "s");
  const lengths = [1, 2, 3, 4, 5, 6, 7].map((index) => walkLength(permutation, { index, of: 7 }));
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(permutation.prime - 1);
});

test("an order of nonsense is refused", () => {
  expect(() => createPermutation(-1, "s")).toThrow("no order for -1 targets");
  expect(() => createPermutation(LARGEST_SPACE + 1, "s")).toThrow(RangeError);
});
