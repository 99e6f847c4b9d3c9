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
  /** A stream of its own, so that more draws here move nothing there. */
  fork(name: string): Random;
}

/** Opens the stream of a seed (sfc32, seeded by SHA-256; B. O'Neill, PractRand's chaotic generator by C. Doty-Humphrey). */
export function createRandom(seed: string): Random {
  const state = new Uint32Array(4);
  createHash("sha256")
    .update(seed)
    .digest()
    .subarray(0, 16)
    .forEach((byte, index) => (state[index >> 2] = ((state[index >> 2] ?? 0) << 8) | byte));
  const next = (): number => step(state) / 2 ** 32;
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    weighted: (items) => pick(items, next()),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

function step(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, counter = 0] = state;
  const sum = (a + b + counter) >>> 0;
  state[3] = counter + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  return sum;
}

function pick<T extends { readonly weight: number }>(items: readonly T[], draw: number): T {
  let left = draw * items.reduce((sum, item) => sum + item.weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (last === undefined) throw new Error("nothing to pick from");
  return last;
}
