import { expect, test } from "vitest";
import { groupAbove, isPrime, powMod, primeFactors } from "./prime.ts";

// Published primes: the largest below 2^32, the first above it (ZMap's), Mersenne primes; and what only looks like one.
test.each([2, 3, 65_537, 4_294_967_291, 4_294_967_311, 2 ** 31 - 1, 281_474_976_710_597])("%d is prime", (n) => {
  expect(isPrime(n)).toBe(true);
});

test.each([0, 1, 4, 561, 3_215_031_751, 4_294_967_297, 341_550_071_728_321, 2 ** 48])("%d is not prime", (n) => {
  expect(isPrime(n)).toBe(false);
});

test("the factors of ZMap's p − 1 are those that ZMap publishes", () => {
  expect(primeFactors(4_294_967_310)).toEqual([2, 3, 5, 131, 364_289]);
});

test("two factors above the trial divisors are not found, and said so", () => {
  expect(primeFactors(65_539 * 65_543)).toBeNull();
});

test("the group above 2^32 is ZMap's", () => {
  expect(groupAbove(2 ** 32).prime).toBe(4_294_967_311);
});

test("powers are exact where doubles are not", () => {
  expect(powMod(3, 4_294_967_310, 4_294_967_311)).toBe(1); // Fermat
  expect(powMod(2, 10, 1_000_003)).toBe(1024);
});
