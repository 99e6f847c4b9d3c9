/** Sums of figures by network: `counted[figure][network]`, and what they are of; `null` = a number, not a share. */
export interface ClusterSums {
  readonly networks: number;
  readonly counted: readonly Float64Array[];
  readonly of: readonly (Float64Array | null)[];
  /** Of each figure's whole, how many are unknown; over all networks. */
  readonly unknown: readonly number[];
}

export const DRAWS = 1000;

/** Of fewer networks the draws are few, too, and their middle is narrower than what is known. */
const FEWEST_NETWORKS = 10;

/** Whether draws tell how sure a share is: it is of ten networks or more, and neither of none nor of all. */
export function isDrawable({ counted, of }: ClusterSums, figure: number): boolean {
  const whole = of[figure] ?? null;
  const part = total(counted[figure] ?? null);
  if (whole === null || part === null) return false;
  const networks = whole.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  return networks >= FEWEST_NETWORKS && part > 0 && part < (total(whole) ?? 0);
}

/** The shares of all figures over all networks; `null` where nothing is in the denominator, and for numbers. */
export function wholeShares({ counted, of }: ClusterSums): readonly (number | null)[] {
  return counted.map((sums, figure) => quotient(total(sums), total(of[figure] ?? null)));
}

/**
 * Draws whole networks anew, with replacement, as often as there are networks, {@link DRAWS} times: hosts of one network move together, so
 * drawing hosts would pretend to know too much. Returns each draw's shares by figure; `NaN` where a draw has no denominator.
 */
export function drawShares(sums: ClusterSums, seed: number): readonly Float64Array[] {
  const { networks, counted, of } = sums;
  const shares = counted.map(() => new Float64Array(DRAWS).fill(Number.NaN));
  const times = new Float64Array(networks);
  const random = generator(seed);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    times.fill(0);
    for (let pick = 0; pick < networks; pick += 1) {
      const at = Math.floor(random() * networks);
      times[at] = (times[at] ?? 0) + 1;
    }
    counted.forEach((own, figure) => {
      const whole = of[figure];
      const drawn = shares[figure];
      if (whole !== null && whole !== undefined && drawn !== undefined)
        drawn[draw] = quotient(weighted(own, times), weighted(whole, times)) ?? Number.NaN;
    });
  }
  return shares;
}

/** The middle 95 % of draws (nearest rank), those without a value left out; `null` when fewer than half have one. */
export function middle(draws: ArrayLike<number>): { readonly low: number; readonly high: number } | null {
  const sorted = Array.from(draws)
    .filter((value) => !Number.isNaN(value))
    .toSorted((a, b) => a - b);
  if (sorted.length < DRAWS / 2) return null;
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function total(values: Float64Array | null): number | null {
  return values === null ? null : values.reduce((sum, value) => sum + value, 0);
}

function weighted(values: Float64Array, times: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] ?? 0) * (times[at] ?? 0);
  return sum;
}

function quotient(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** Numbers in [0, 1) that a seed fixes on every machine (splitmix32, Sebastiano Vigna's finaliser). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0_aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}
