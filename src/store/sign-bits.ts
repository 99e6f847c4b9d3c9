import type { Sign } from "../model/observation.ts";

/** SQL that turns the signs of an observation (a JSON list) into bits: bit n stands for the n-th of these words. */
export function signBitsSql(column: string, words: readonly Sign[]): string {
  const bits = words.map((sign, at) => `CASE WHEN contains(${column}, '"${sign}"') THEN ${2 ** at} ELSE 0 END`);
  return `CASE WHEN ${column} IS NULL OR ${column} = '[]' THEN 0 ELSE ${bits.join(" + ")} END`;
}

/** The words that the bits stand for. */
export function signsOfBits(bits: number, words: readonly Sign[]): readonly Sign[] {
  return words.filter((_, at) => Math.floor(bits / 2 ** at) % 2 === 1);
}
