import { count, share } from "../render/number.ts";
import { finishedCount, skippedCount } from "./coverage.ts";
import type { Tally } from "./coverage.ts";
import { duration } from "./scope/describe-plan.ts";
import type { Progress } from "./survey-plan.ts";

/** How fast a survey goes: targets a second, smoothed over half a minute. */
export interface Meter {
  /** Takes note of a progress at a moment of the monotonic clock. */
  note(progress: Progress, nowMs: number): void;
  readonly perSecond: number;
  /** Seconds left at this rate; `null` while nothing can be told. */
  readonly secondsLeft: number | null;
}

const SMOOTHING_MS = 30_000;

/** A meter that has seen nothing yet. */
export function createMeter(): Meter {
  let first: { readonly done: number; readonly atMs: number } | null = null;
  let last = { done: 0, atMs: 0 };
  let perSecond = 0;
  let left = 0;
  return {
    note(progress, nowMs) {
      const done = doneCount(progress.state.tally);
      left = Math.max(0, progress.targets - done);
      if (first === null) {
        first = { done, atMs: nowMs };
        last = first;
        return;
      }
      const seconds = (nowMs - last.atMs) / 1000;
      if (seconds <= 0) return;
      const weight = Math.min(1, (nowMs - last.atMs) / Math.min(SMOOTHING_MS, nowMs - first.atMs));
      perSecond += ((done - last.done) / seconds - perSecond) * weight;
      last = { done, atMs: nowMs };
    },
    get perSecond() {
      return perSecond;
    },
    get secondsLeft() {
      return perSecond > 0 ? left / perSecond : null;
    },
  };
}

/** Targets that need nothing more: with a verdict, passed over, or given up. */
export function doneCount(tally: Tally): number {
  return finishedCount(tally) + skippedCount(tally) + tally.givenUp;
}

/** `1,204 of 65,536 targets (1.8%), 240/s, 4 min 28 s left; 12 open, 2 with a login; 310 under way` */
export function progressLine(progress: Progress, meter: Pick<Meter, "perSecond" | "secondsLeft">): string {
  const { tally } = progress.state;
  const done = doneCount(tally);
  const pace = meter.perSecond === 0 ? "" : `, ${count(meter.perSecond)}/s`;
  const left = meter.secondsLeft === null || done >= progress.targets ? "" : `, ${duration(meter.secondsLeft)} left`;
  const parts = [
    `${count(done)} of ${count(progress.targets)} targets (${share(done, progress.targets)})${pace}${left}`,
    `${count(tally.answers.open)} open${tally.answers.login > 0 ? `, ${count(tally.answers.login)} with a login` : ""}`,
    `${count(progress.inFlight)} under way`,
  ];
  if (progress.isPaused) parts.push("paused: no way out of this machine");
  else if (progress.factor < 1) parts.push(`slowed to ${share(progress.factor, 1)} of the rate`);
  return parts.join("; ");
}
