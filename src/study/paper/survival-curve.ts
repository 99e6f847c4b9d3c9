/** One step of a life table: those under observation until `weeks`, and those that went then. */
export interface SurvivalStep {
  readonly weeks: number;
  readonly atRisk: number;
  readonly gone: number;
}

/** A point of the curve: the share that stays longer than `weeks`, 0 to 1, with its 95 % interval, and those at risk until then. */
export interface SurvivalPoint {
  readonly weeks: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly atRisk: number;
}

const NORMAL_95 = 1.96;

/**
 * The curve of Kaplan and Meier over the steps of output `survival`, in their order, with Greenwood's variance on the log-log scale, which
 * keeps the interval within 0 and 1. Where nobody has gone, or all have, the interval is the point itself: nothing tells its width.
 */
export function survivalCurve(steps: readonly SurvivalStep[]): readonly SurvivalPoint[] {
  const points: SurvivalPoint[] = [];
  let share = 1;
  let greenwood = 0;
  for (const { weeks, atRisk, gone } of steps) {
    if (atRisk > 0) share *= 1 - gone / atRisk;
    if (atRisk > gone) greenwood += gone / (atRisk * (atRisk - gone));
    points.push({ weeks, share, ...interval(share, greenwood), atRisk });
  }
  return points;
}

function interval(share: number, greenwood: number): { readonly low: number; readonly high: number } {
  if (share === 0 || share === 1) return { low: share, high: share };
  const width = (NORMAL_95 * Math.sqrt(greenwood)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(width), high: share ** Math.exp(-width) };
}
