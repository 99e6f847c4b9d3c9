import { instantOf } from "../model/instant.ts";
import { addGap } from "./coverage.ts";
import { start } from "./engine-ask.ts";
import { nextItem } from "./engine-order.ts";
import { createWork, isExhausted, stateOf } from "./engine-work.ts";
import type { Work } from "./engine-work.ts";
import type { Standstill } from "./standstill.ts";
import type { Progress, SurveyEffects, SurveyPlan } from "./survey-plan.ts";

/** Why a survey ended: all asked, or what it stands still for. */
export type EndReason = "done" | Standstill;
export interface SurveyEnd {
  readonly reason: EndReason;
  readonly progress: Progress;
}

const TICK_MS = 1000;
/** Starts in one turn of the loop, so that answers are heard in between. */
const STARTS_PER_TURN = 64;
/** Bytes not yet written at which nothing new starts. */
const MOST_PENDING_BYTES = 32 * 2 ** 20;
/** After a stop, looks under way get this long to end by themselves. */
const DRAIN_MS = 3000;
/** A machine that cannot begin a single look for this long ends the run, to be resumed. */
const LONGEST_LOCAL_MS = 120_000;

/**
 * Surveys: walks the order, starts looks at the paced rate, writes what came back, and once a second how far it is. Memory depends
 * on how many looks are under way, not on how many targets there are.
 *
 * @param stopped - Aborted by the user: nothing new starts, what is under way may end, the state is kept.
 * @throws what the journal throws when the disk fails.
 */
export async function survey(plan: SurveyPlan, fx: SurveyEffects, stopped: AbortSignal): Promise<SurveyEnd> {
  const work = createWork(plan, fx);
  const wake = (): void => {
    fx.nap.wake();
  };
  stopped.addEventListener("abort", wake, { once: true });
  try {
    tick(work, null);
    await fx.journal.flush(); // nobody is asked before there is a place to go on from
    const reason = await ask(work, stopped);
    if (reason !== "done") await drain(work);
    const progress = tick(work, reason);
    return { reason, progress };
  } finally {
    stopped.removeEventListener("abort", wake);
    fx.looker.close();
  }
}

async function ask(work: Work, stopped: AbortSignal): Promise<EndReason> {
  const { clock, nap } = work.fx;
  let tickAtMs = clock.monotonicMs() + TICK_MS;
  if (clock.epochMs() >= work.plan.untilMs) return "expired";
  for (;;) {
    if (work.failure !== null) throw work.failure.error;
    if (stopped.aborted) return "stopped";
    const nowMs = clock.monotonicMs();
    if (nowMs >= tickAtMs) {
      tick(work, null);
      tickAtMs = nowMs + TICK_MS;
      if (clock.epochMs() >= work.plan.untilMs) return "expired";
      if (nowMs - (work.backoff.localSinceMs ?? nowMs) > LONGEST_LOCAL_MS) return "local";
    }
    const pilotLeft = work.plan.isPilot ? work.plan.limits.pilot - work.started : Infinity;
    if (pilotLeft <= 0) return "pilot";
    const waitMs = startSome(work, Math.min(STARTS_PER_TURN, pilotLeft));
    if (waitMs === null) return "done";
    await nap.wait(Math.min(waitMs, tickAtMs - nowMs));
  }
}

/** Starts what may start now; returns how long to wait before more may, `null` when all is done. */
function startSome(work: Work, most: number): number | null {
  for (let started = 0; started < most; started += 1) {
    const nowMs = work.fx.clock.monotonicMs();
    const blockedMs = blockedFor(work, nowMs);
    if (blockedMs > 0) return blockedMs;
    const item = nextItem(work, nowMs);
    if (item === "skipping") return 0;
    if (item === null) return isExhausted(work) ? null : work.room.nextReadyMs() - nowMs;
    start(work, item, nowMs);
  }
  return 0;
}

/** What holds every look back: a pause, too many under way, a slow disk, the total rate. */
function blockedFor(work: Work, nowMs: number): number {
  const pauseMs = work.backoff.pausedUntilMs - nowMs;
  if (pauseMs > 0) return pauseMs;
  if (work.inFlight.size >= work.plan.limits.inFlight) return Infinity;
  if (work.fx.journal.pendingBytes > MOST_PENDING_BYTES) return 20;
  return work.pacer.totalWaitMs(nowMs);
}

/** Once a second: adapts the rate, keeps the state, tells the progress. */
function tick(work: Work, end: EndReason | null): Progress {
  work.backoff.tick(work.fx.lagP99Ms());
  if (work.backoff.isRarer) noteRareness(work);
  const state = stateOf(work, end);
  work.fx.journal.checkpoint(state);
  const isPaused = work.backoff.pausedUntilMs > work.fx.clock.monotonicMs();
  const progress = {
    state,
    targets: end === "done" ? work.handedOut : work.expected,
    inFlight: work.inFlight.size,
    waiting: work.room.size,
    factor: work.backoff.factor,
    isPaused,
  };
  work.fx.progress(progress);
  return progress;
}

/** Hosts do not fall silent together: the second is kept as a gap, so that its silence is read with care. */
function noteRareness(work: Work): void {
  const nowMs = work.fx.clock.epochMs();
  const reason = "answers grew rare: the network may have been disturbed";
  addGap(work.tally, { from: instantOf(nowMs - TICK_MS), to: instantOf(nowMs), reason });
}

async function drain(work: Work): Promise<void> {
  const { clock, nap, looker } = work.fx;
  const untilMs = clock.monotonicMs() + DRAIN_MS;
  while (work.inFlight.size > 0 && clock.monotonicMs() < untilMs) await nap.wait(untilMs - clock.monotonicMs());
  looker.close();
  while (work.inFlight.size > 0) await nap.wait(Infinity);
  if (work.failure !== null) throw work.failure.error;
}
