import { createHash } from "node:crypto";
import { groupAbove, powMod } from "./prime.ts";
import type { Shard } from "./shard.ts";

/** The largest space an order is made for: 2^32 addresses with every port. Products stay exact below it. */
export const LARGEST_SPACE = 2 ** 48;

/**
 * A seeded order over `0 … size − 1` that holds no list: x → x·g modulo a prime above `size`, numbers above `size` passed over
 * (after ZMap, Durumeric et al. 2013, section 4.1). `shift` is the power of g the walk starts from.
 */
export interface Permutation {
  readonly size: number;
  readonly prime: number;
  readonly generator: number;
  readonly shift: number;
}

/** A walk of one shard: `position` counts its steps, those passed over included, so that it alone says where to go on. */
export interface Walk {
  /** The step that comes next; everything before it was handed out. */
  readonly position: number;
  /** The next index with its position; `null` at the end. */
  next(): { readonly position: number; readonly index: number } | null;
}

/** The order for a space and a seed: the same on every machine, so that shards agree without talking. */
export function createPermutation(size: number, seed: string): Permutation {
  if (!Number.isSafeInteger(size) || size < 0 || size > LARGEST_SPACE)
    throw new RangeError(`no order for ${size} targets`);
  const { prime, factors } = groupAbove(size);
  const order = prime - 1;
  for (let attempt = 0; ; attempt += 1) {
    const generator = 1 + (numberFrom(`${seed}/generator/${attempt}`) % order);
    const whole = factors.every((factor) => powMod(generator, order / factor, prime) !== 1);
    if (whole) return { size, prime, generator, shift: numberFrom(`${seed}/shift`) % order };
  }
}

/** 48 bits of a hash: an integer that a text stands for. */
function numberFrom(text: string): number {
  return createHash("sha256").update(text).digest().readUIntBE(0, 6);
}

/** How many steps a shard takes; the shards of one order sum to prime − 1. */
export function walkLength(permutation: Permutation, shard: Shard): number {
  return permutation.size === 0 ? 0 : Math.max(0, Math.ceil((permutation.prime - shard.index) / shard.of));
}

/** How many targets a shard has as far as can be told without walking it; exact for an order that is not split. */
export function expectedTargets(permutation: Permutation, shard: Shard): number {
  const share = permutation.size / Math.max(1, permutation.prime - 1);
  return shard.of === 1 ? permutation.size : Math.round(share * walkLength(permutation, shard));
}

/** The index at a step of a shard's walk, `null` where the walk passes over; one modular power, for going on after a stop. */
export function indexAt(permutation: Permutation, shard: Shard, position: number): number | null {
  const x = elementAt(permutation, shard, position);
  return x <= permutation.size ? x - 1 : null;
}

function elementAt({ prime, generator, shift }: Permutation, shard: Shard, position: number): number {
  const exponent = (BigInt(shift) + BigInt(shard.index - 1) + BigInt(shard.of) * BigInt(position)) % BigInt(prime - 1);
  return powMod(generator, Number(exponent), prime);
}

/** Walks a shard from a position on (0 = its beginning): shard i of k begins at g^(shift + i − 1) and steps by g^k. */
export function createWalk(permutation: Permutation, shard: Shard, from: number): Walk {
  const length = walkLength(permutation, shard);
  const step = multiplier(powMod(permutation.generator, shard.of, permutation.prime), permutation.prime);
  let position = from;
  let x = from < length ? elementAt(permutation, shard, from) : 0;
  return {
    get position() {
      return position;
    },
    next() {
      while (position < length) {
        const here = { position, index: x - 1 };
        position += 1;
        x = step(x);
        if (here.index < permutation.size) return here;
      }
      return null;
    },
  };
}

/**
 * Multiplication by a constant modulo a prime below 2^49, exact in doubles: the constant is split into limbs so short that
 * every sum stays below 2^53. (Bitwise operators would cut at 2^31.)
 */
function multiplier(constant: number, prime: number): (x: number) => number {
  const limbSize = 2 ** Math.min(16, 52 - Math.ceil(Math.log2(prime + 1)));
  const limbs: number[] = [];
  for (let left = constant; left > 0; left = Math.floor(left / limbSize)) limbs.unshift(left % limbSize);
  const [high = 0, low = 0] = limbs;
  if (limbs.length <= 2) {
    if (limbs.length < 2) return (x) => (x * high) % prime;
    return (x) => (((x * high) % prime) * limbSize + x * low) % prime;
  }
  return (x) => limbs.reduce((sum, limb) => (sum * limbSize + x * limb) % prime, 0);
}
