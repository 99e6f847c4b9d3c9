import { count } from "./number.ts";

/** Five shades from little to much: one hue, each darker than the last, apart in grey and for the colour-blind; classes `q0` … `q4`. */
export const SHADES = ["#b7d3e9", "#86b9dc", "#4a97c9", "#0d6aa8", "#053f6b"] as const;
/** Ink on each shade; classes `on0` … `on4`. */
export const ON_SHADES = ["#1b1f24", "#1b1f24", "#1b1f24", "#ffffff", "#ffffff"] as const;
/** Shares at which the next shade begins: fixed, so that two grids compare. */
export const SHARE_BREAKS = [0.05, 0.1, 0.25, 0.5] as const;

/** A class of counts and the shade that it has. */
export interface CountClass {
  readonly from: number;
  /** Greatest count in it. */
  readonly to: number;
  readonly shade: number;
  /** `1,000–4,999`. */
  readonly name: string;
}

/**
 * Up to five classes over whole counts, the zeros left out: each reaches about as many times as far as the one before, and begins
 * at 1, 2 or 5 times a power of ten. No count gives no class.
 */
export function countClasses(counts: readonly number[]): readonly CountClass[] {
  const positive = counts.filter((one) => one > 0 && Number.isFinite(one));
  if (positive.length === 0) return [];
  const least = positive.reduce((a, b) => Math.min(a, b));
  const most = positive.reduce((a, b) => Math.max(a, b));
  const steps = [1, 2, 3, 4].map((step) => roundNumber(least * (most / least) ** (step / SHADES.length)));
  const begins = [least, ...new Set(steps.filter((one) => one > least && one <= most))];
  return begins.map((from, index) => {
    const to = (begins[index + 1] ?? most + 1) - 1;
    const shade = begins.length === 1 ? 3 : Math.round((index * (SHADES.length - 1)) / (begins.length - 1));
    return { from, to, shade, name: from >= to ? count(from) : `${count(from)}–${count(to)}` };
  });
}

/** The class that a count falls into; null for 0. */
export function classOf(value: number, classes: readonly CountClass[]): CountClass | null {
  return classes.findLast((one) => value >= one.from) ?? null;
}

/** The shade of a share of 0 to 1 by {@link SHARE_BREAKS}. */
export function shareShade(share: number): number {
  return SHARE_BREAKS.filter((begin) => share >= begin).length;
}

/** The nearest of 1, 2, 5, 10, 20 … by ratio. */
function roundNumber(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  if (lead < Math.SQRT2) return power;
  if (lead < Math.sqrt(10)) return 2 * power;
  return (lead < Math.sqrt(50) ? 5 : 10) * power;
}
