/** Seeded choices: the same seed makes the same cases. */
export interface Dice {
  /** A whole number from 0 to one below `sides`. */
  roll(sides: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True once in so many times. */
  once(inTimes: number): boolean;
}

/** Dice by mulberry32, good enough to vary cases. */
export function dice(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    roll,
    pick: (choices) => {
      const choice = choices[roll(choices.length)];
      if (choice === undefined) throw new TypeError("nothing to pick");
      return choice;
    },
    once: (inTimes) => roll(inTimes) === 0,
  };
}

/** How many cases of each kind to try, and from which seed. */
export interface FuzzPlan {
  readonly cases: number;
  readonly seed: number;
  readonly isLong: boolean;
}

/** The usual number, or what `CORRAL_FUZZ_CASES=1000000 CORRAL_FUZZ_SEED=7` asks of a long run. */
export function fuzzPlan(usualCases: number): FuzzPlan {
  const { CORRAL_FUZZ_CASES: cases, CORRAL_FUZZ_SEED: seed } = process.env;
  return { cases: Number(cases ?? usualCases), seed: Number(seed ?? 20_260_821), isLong: cases !== undefined };
}
