import type { Target } from "../model/target.ts";
import { countSkip } from "./coverage.ts";
import type { Item, Work } from "./engine-work.ts";
import { indexAt } from "./order/permutation.ts";
import type { Hold } from "./pace/waiting-room.ts";

const HOUR_MS = 3_600_000;
/** Steps of the walk in one turn of the loop; a long row of refused targets must not hold the loop. */
const STEPS_PER_TURN = 1024;

/** The next target that may be asked now; `null` when none may, `skipping` when only refused ones were met so far. */
export function nextItem(work: Work, nowMs: number): Item | "skipping" | null {
  const waiting = work.room.takeReady(nowMs, (item) => work.pacer.hold(item.target.address, nowMs));
  if (waiting !== null) return isStillAllowed(work, waiting) ? waiting : "skipping";
  for (let step = 0; step < STEPS_PER_TURN; step += 1) {
    if (work.room.isFull) return null;
    const item = stepOn(work);
    if (item === null) return null;
    if (!isStillAllowed(work, item)) continue;
    const hold: Hold | null = work.pacer.hold(item.target.address, nowMs);
    if (hold === null) return item;
    work.room.put(item, hold, nowMs);
  }
  return "skipping";
}

/** Takes what an earlier part of the run left open, then walks on. */
function stepOn(work: Work): Item | null {
  const { permutation, shard } = work.plan;
  for (let open = work.left.pop(); open !== undefined; open = work.left.pop()) {
    const { position, wasAsked } = open;
    const index = indexAt(permutation, shard, position);
    if (index !== null) return itemAt(work, position, index, wasAsked ? 1 : 0);
  }
  const step = work.walk.next();
  return step === null ? null : itemAt(work, step.position, step.index, 0);
}

function itemAt(work: Work, position: number, index: number, tries: number): Item {
  return { position, target: work.plan.space.at(index), tries, verdictsBefore: work.verdicts };
}

/** Judges a target right before it is asked; a refusal is counted, by reason. */
function isStillAllowed(work: Work, item: Item): boolean {
  const reason = refusalOf(work, item.target);
  if (reason === null) return true;
  countSkip(work.tally, reason);
  return false;
}

function refusalOf(work: Work, target: Target): string | null {
  const admission = work.plan.space.admit(target);
  if (!admission.ok) return admission.reason;
  const { lastSeenMs } = work.fx.memory.of(target);
  if (lastSeenMs === null || lastSeenMs >= work.plan.startedAtMs) return null;
  const ageMs = work.fx.clock.epochMs() - lastSeenMs;
  return ageMs < work.plan.limits.rescanHours * HOUR_MS ? "asked-recently" : null;
}
