import type { Random } from "./random.ts";

/** Splits `total` into whole numbers in proportion to the weights (largest remainders first; ties: the earlier). */
export function quotas(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, one) => all + one, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (weight * total) / sum);
  const whole = exact.map(Math.floor);
  const missing = total - whole.reduce((all, one) => all + one, 0);
  const order = exact.map((_, at) => at).toSorted((a, b) => rest(exact, b) - rest(exact, a) || a - b);
  for (const at of order.slice(0, missing)) whole[at] = (whole[at] ?? 0) + 1;
  return whole;
}

function rest(exact: readonly number[], at: number): number {
  const value = exact[at] ?? 0;
  return value - Math.floor(value);
}

/** For each of `count` things the place of one of the weights, in exact proportion and shuffled order. */
export function dealt(count: number, weights: readonly number[], random: Random): Uint16Array {
  const hands = new Uint16Array(count);
  let at = 0;
  for (const [place, size] of quotas(count, weights).entries()) {
    hands.fill(place, at, at + size);
    at += size;
  }
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    const kept = hands[last] ?? 0;
    hands[last] = hands[other] ?? 0;
    hands[other] = kept;
  }
  return hands;
}

/** Whether each of `count` things is chosen: exactly the rounded part of them, shuffled. */
export function chosen(count: number, part: number, random: Random): Uint16Array {
  const most = Math.min(count, Math.round(count * part));
  return dealt(count, [count - most, most], random);
}
