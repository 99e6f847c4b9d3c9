import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAddress } from "./address.ts";
import type { Address } from "./address.ts";
import type { Prefix } from "./prefix.ts";
import {
  countIpv4,
  countIpv6,
  countIpv6Networks,
  holds,
  indexAddresses,
  intersect,
  isEmpty,
  minus,
  prefixSet,
  union,
} from "./prefix-set.ts";
import type { PrefixSet } from "./prefix-set.ts";

/** A space of 256 addresses in each family, small enough for a bitmap. */
const BITS = 8;
const BASE4 = 0xcb00_7100; // 203.0.113.0
const BASE6 = 0x2001_0db8n << 96n;

const prefixes = fc.array(
  fc
    .record({ family: fc.constantFrom(4, 6), length: fc.integer({ min: 0, max: BITS }), at: fc.nat(255) })
    .map(smallPrefix),
  { maxLength: 12 },
);

function smallPrefix({ family, length, at }: { family: number; length: number; at: number }): Prefix {
  const size = 2 ** (BITS - length);
  const first = at - (at % size);
  if (family === 4) return { family: 4, first: BASE4 + first, last: BASE4 + first + size - 1, length: 24 + length };
  return { family: 6, first: BASE6 + BigInt(first), last: BASE6 + BigInt(first + size - 1), length: 120 + length };
}

/** 512 booleans: whether each address of both small spaces is in. */
function bitmap(has: (address: Address) => boolean): boolean[] {
  const bits = Array.from({ length: 256 }, (_, at) => has({ family: 4, value: BASE4 + at }));
  return [...bits, ...Array.from({ length: 256 }, (_, at) => has({ family: 6, value: BASE6 + BigInt(at) }))];
}

function listed(list: readonly Prefix[]): boolean[] {
  return bitmap((address) =>
    list.some(
      (prefix) => prefix.family === address.family && prefix.first <= address.value && address.value <= prefix.last,
    ),
  );
}

function held(set: PrefixSet): boolean[] {
  return bitmap((address) => holds(set, address));
}

describe("a prefix set", () => {
  test("agrees with a bitmap on union, difference, intersection, count and order", () => {
    fc.assert(
      fc.property(prefixes, prefixes, (a, b) => {
        const [one, other] = [listed(a), listed(b)];
        const [setA, setB] = [prefixSet(a), prefixSet(b)];
        expect(held(setA)).toEqual(one);
        expect(held(union(setA, setB))).toEqual(one.map((bit, at) => bit || other[at]));
        expect(held(minus(setA, setB))).toEqual(one.map((bit, at) => bit && !other[at]));
        expect(held(intersect(setA, setB))).toEqual(one.map((bit, at) => bit && other[at]));
        expect(countIpv4(setA)).toBe(one.slice(0, 256).filter(Boolean).length);
        expect(countIpv6(setA)).toBe(BigInt(one.slice(256).filter(Boolean).length));
        expect(isEmpty(setA)).toBe(!one.includes(true));
      }),
    );
  });

  test("numbers its addresses: each once, in order, and nothing beyond", () => {
    fc.assert(
      fc.property(prefixes, prefixes, (a, b) => {
        const set = minus(prefixSet(a), prefixSet(b));
        const bits = held(set);
        const expected = bits.flatMap((bit, at) => (bit ? [at] : []));
        const index = indexAddresses(set);
        const numbered = Array.from({ length: index.size }, (_, at) => {
          const address = index.nth(at);
          return address.family === 4 ? address.value - BASE4 : Number(address.value - BASE6) + 256;
        });
        expect(numbered).toEqual(expected);
        expect(() => index.nth(index.size)).toThrow(RangeError);
        expect(() => index.nth(-1)).toThrow(RangeError);
      }),
    );
  });

  test("holds all of IPv4 as one range, whose ends are numbered right", () => {
    const all = prefixSet([{ family: 4, first: 0, last: 2 ** 32 - 1, length: 0 }]);
    const index = indexAddresses(all);
    expect(all.v4).toHaveLength(1);
    expect(index.size).toBe(4_294_967_296);
    expect([0, 2 ** 31, 2 ** 32 - 1].map((at) => formatAddress(index.nth(at)))).toEqual([
      "0.0.0.0",
      "128.0.0.0",
      "255.255.255.255",
    ]);
    expect(isEmpty(minus(all, all))).toBe(true);
  });

  test("joins a million single addresses into the ranges they make", () => {
    const singles = Array.from({ length: 1 << 20 }, (_, at): Prefix => {
      const value = 0x0a00_0000 + (at ^ 0x5555);
      return { family: 4, first: value, last: value, length: 32 };
    });
    expect(prefixSet(singles)).toEqual({ v4: [{ first: 0x0a00_0000, last: 0x0a0f_ffff }], v6: [] });
  });

  test("cannot number more than 2^53 - 1 addresses, and says so", () => {
    const wide = prefixSet([{ family: 6, first: BASE6, last: BASE6 + (1n << 64n) - 1n, length: 64 }]);
    expect(() => indexAddresses(wide)).toThrow(RangeError);
  });

  test("counts the /48 networks that it touches, each once", () => {
    const network = 1n << 80n;
    const at = (first: bigint, last: bigint): Prefix => ({
      family: 6,
      first: BASE6 + first,
      last: BASE6 + last,
      length: 0,
    });
    expect(countIpv6Networks(prefixSet([]))).toBe(0n);
    expect(countIpv6Networks(prefixSet([at(0n, 0n), at(5n, 9n)]))).toBe(1n);
    expect(countIpv6Networks(prefixSet([at(0n, 2n * network), at(2n * network + 7n, 2n * network + 8n)]))).toBe(3n);
    expect(countIpv6Networks(prefixSet([at(0n, (1n << 96n) - 1n)]))).toBe(65_536n);
  });
});
