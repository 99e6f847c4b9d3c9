import { expect, test } from "vitest";
import { type ClusterSums, DRAWS, drawShares, isDrawable, middle, wholeShares } from "./bootstrap.ts";

function sums(counted: readonly number[], of: readonly number[]): ClusterSums {
  return { networks: counted.length, counted: [Float64Array.from(counted)], of: [Float64Array.from(of)], unknown: [0] };
}

test("shares are quotients of sums; a number has none, nor has an empty denominator", () => {
  expect(wholeShares(sums([1, 2], [4, 8]))).toEqual([0.25]);
  expect(wholeShares(sums([0, 0], [0, 0]))).toEqual([null]);
  expect(wholeShares({ networks: 1, counted: [Float64Array.of(7)], of: [null], unknown: [0] })).toEqual([null]);
});

test("where all networks are alike there is nothing to be unsure of", () => {
  const [draws] = drawShares(sums([2, 2, 2, 2], [10, 10, 10, 10]), 1);
  expect(middle(draws ?? [])).toEqual({ low: 0.2, high: 0.2 });
});

test("two networks, one all and one nothing: a draw is 0, one half or 1, about 1 : 2 : 1", () => {
  const [draws] = drawShares(sums([10, 0], [10, 10]), 7);
  const times = (value: number): number => [...(draws ?? [])].filter((one) => one === value).length;
  expect(times(0) + times(0.5) + times(1)).toBe(DRAWS);
  expect(Math.abs(times(0) - DRAWS / 4)).toBeLessThan(60);
  expect(Math.abs(times(0.5) - DRAWS / 2)).toBeLessThan(70);
});

test("hosts of one network move together: the interval is wide where one network holds half of them", () => {
  const alike = drawShares(sums(Array<number>(100).fill(5), Array<number>(100).fill(10)), 3);
  const lumped = drawShares(sums([500, ...Array<number>(99).fill(0)], [500, ...Array<number>(99).fill(5)]), 3);
  const width = (draws: ArrayLike<number>): number => {
    const { low, high } = middle(draws) ?? { low: 0, high: 0 };
    return high - low;
  };
  expect(width(alike[0] ?? [])).toBe(0);
  expect(width(lumped[0] ?? [])).toBeGreaterThan(0.5);
});

test("the same seed draws the same", () => {
  const one = drawShares(sums([1, 5, 2], [10, 10, 10]), 11);
  expect(drawShares(sums([1, 5, 2], [10, 10, 10]), 11)).toEqual(one);
  expect(drawShares(sums([1, 5, 2], [10, 10, 10]), 12)).not.toEqual(one);
});

test("draws without a denominator are left out; too many of them, and nothing is said", () => {
  expect(middle([Number.NaN, ...Array<number>(DRAWS - 1).fill(0.5)])).toEqual({ low: 0.5, high: 0.5 });
  expect(middle(Array<number>(DRAWS).fill(Number.NaN))).toBeNull();
});

test.for([
  ["ten networks", [1, ...Array<number>(9).fill(0)], Array<number>(10).fill(3), true],
  [
    "nine, and one without a host of the whole",
    [1, ...Array<number>(9).fill(0)],
    [0, ...Array<number>(9).fill(3)],
    false,
  ],
  ["none has it", Array<number>(12).fill(0), Array<number>(12).fill(3), false],
  ["all have it", Array<number>(12).fill(3), Array<number>(12).fill(3), false],
] as const)("%s: whether draws tell how sure a share is", ([, counted, of, expected]) => {
  expect(isDrawable(sums(counted, of), 0)).toBe(expected);
});

test("a number that is no share is not drawn", () => {
  expect(isDrawable({ networks: 1, counted: [Float64Array.of(7)], of: [null], unknown: [0] }, 0)).toBe(false);
});
