import type { LogEvent } from "../../model/event.ts";
import type { Correlator, DetectSink } from "./correlate/correlator.ts";
import { makeCorrelator } from "./correlate/make-correlator.ts";
import type { Tally } from "./group-table.ts";
import { heardVersions } from "./known-child.ts";
import type { HeardVersions } from "./known-child.ts";
import type { DetectionPlan } from "./plan.ts";

export type { DetectSink } from "./correlate/correlator.ts";

/** How much a run may remember. */
export interface DetectLimits {
  /** Groups of all detections together. */
  readonly groups: number;
  /** Rows that wait to become an alert, of all detections together. */
  readonly held: number;
}

/** Less than 100 MB at the most, with rows of 200 characters: 65,536 groups, and as many rows. */
export const DETECT_LIMITS: DetectLimits = { groups: 65_536, held: 65_536 };

/** What a run remembers; `detect` changes it in place. */
export interface DetectionState {
  readonly correlators: readonly Correlator[];
  /** Roles that the event at hand meets, by detection; all 0 between events. */
  readonly roles: Int32Array;
  readonly touched: number[];
  /** Those that have met an event: only they can have anything to sweep. */
  readonly begun: Set<Correlator>;
  readonly heard: HeardVersions;
  readonly total: Tally;
  readonly limits: DetectLimits;
  /** Groups ended early to make room: a sign that alerts may be missing or told in parts. */
  evicted: number;
  /** Time at which quiet groups were last looked for. */
  sweptAt: number;
}

/** Begins a run. */
export function startDetection(plan: DetectionPlan, limits: DetectLimits = DETECT_LIMITS): DetectionState {
  const total: Tally = { groups: 0, held: 0 };
  let number = 0;
  const nextNumber = (): number => {
    number += 1;
    return number;
  };
  return {
    correlators: plan.detections.map((detection) =>
      makeCorrelator({ detection, world: plan.world, total, nextNumber }),
    ),
    roles: new Int32Array(plan.detections.length),
    touched: [],
    begun: new Set(),
    heard: heardVersions(),
    total,
    limits,
    evicted: 0,
    sweptAt: Number.NEGATIVE_INFINITY,
  };
}

const SWEEP_EVERY_MS = 1000;

/**
 * Takes the next event. Events come in order of time (and of place, where times are the same); what happens when they do not is said at
 * each correlation. Events that are no candidates may be left out: they change nothing. Events are kept while they matter, so their texts
 * should be their own, not parts of a chunk.
 */
export function detect(plan: DetectionPlan, state: DetectionState, event: LogEvent, sink: DetectSink): void {
  plan.world.heard = state.heard;
  state.heard.hear(event);
  if (Math.abs(event.at - state.sweptAt) >= SWEEP_EVERY_MS) {
    state.sweptAt = event.at;
    for (const correlator of state.begun) correlator.sweep(event.at, sink);
  }
  const { roles, touched, correlators } = state;
  for (const unit of plan.units[event.class](event)) {
    if (!unit.test(event)) continue;
    for (const { detection, role } of unit.uses) {
      const known = roles[detection] ?? 0;
      if (known === 0) touched.push(detection);
      roles[detection] = known | (1 << role);
    }
  }
  for (const detection of touched) {
    const correlator = correlators[detection];
    if (correlator !== undefined) {
      state.begun.add(correlator);
      correlator.take(event, roles[detection] ?? 0, sink);
    }
    roles[detection] = 0;
  }
  touched.length = 0;
  makeRoom(state, sink);
}

/** Ends a run: what still waits is judged, open alerts are closed. The state is empty afterwards. */
export function endDetection(plan: DetectionPlan, state: DetectionState, sink: DetectSink): void {
  plan.world.heard = state.heard;
  for (const correlator of state.correlators) correlator.end(sink);
}

/** What a run of detections may fill, and how often it was full. */
export type Room = Pick<DetectionState, "correlators" | "total" | "limits" | "evicted">;

/** Ends the oldest groups of the detection that has most, until all is within bounds. */
export function makeRoom(state: Room, sink: DetectSink): void {
  const { total, limits } = state;
  while (total.groups > limits.groups || total.held > limits.held) {
    const biggest = total.groups > limits.groups ? largest(state, groupsOf) : largest(state, heldOf);
    if (biggest === null) return;
    biggest.evict(sink);
    state.evicted += 1;
  }
}

const groupsOf = (one: Correlator): number => one.groups();
const heldOf = (one: Correlator): number => one.held();

function largest(state: Room, size: (one: Correlator) => number): Correlator | null {
  let best: Correlator | null = null;
  for (const one of state.correlators) if (size(one) > (best === null ? 0 : size(best))) best = one;
  return best;
}
