import { createHash } from "node:crypto";

/** Repeatable chance: the same seed gives the same draws on every machine. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** `true` with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as its weight says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
  /** One of the items, each as likely as its share says. */
  shared<T extends { readonly share: number }>(items: readonly T[]): T;
  /** A stream of its own, so that more draws here move nothing there. */
  fork(name: string): Random;
}

/** Opens the stream of a seed (sfc32, seeded by SHA-256; B. O'Neill, PractRand's chaotic generator by C. Doty-Humphrey). */
export function createRandom(seed: string): Random {
  const digest = createHash("sha256").update(seed).digest();
  let [a, b, c, counter] = [
    digest.readInt32BE(0),
    digest.readInt32BE(4),
    digest.readInt32BE(8),
    digest.readInt32BE(12),
  ];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    weighted: (items) => pick(items, ({ weight }) => weight, next()),
    shared: (items) => pick(items, ({ share }) => share, next()),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** A number of 32 bits that three numbers always give again, spread evenly: chance without a state (the finalizer of MurmurHash3, A. Appleby). */
export function scatter(seed: number, one: number, two: number): number {
  let mixed = seed ^ Math.imul(one, 0x9e3779b1) ^ Math.imul(two + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function pick<T>(items: readonly T[], weightOf: (item: T) => number, draw: number): T {
  let left = draw * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (last === undefined) throw new Error("nothing to pick from");
  return last;
}
