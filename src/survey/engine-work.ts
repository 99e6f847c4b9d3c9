import { instantOf } from "../model/instant.ts";
import type { Target } from "../model/target.ts";
import { createBackoff } from "./pace/backoff.ts";
import type { Backoff } from "./pace/backoff.ts";
import { createCardAgreement } from "./card/card-agreement.ts";
import type { CardAgreement } from "./card/card-agreement.ts";
import { createCardDesk } from "./card/card-asking.ts";
import type { CardDesk } from "./card/card-asking.ts";
import { addGap, emptyTally, finishedCount, skippedCount } from "./coverage.ts";
import type { Tally } from "./coverage.ts";
import { createPacer } from "./pace/pacing.ts";
import type { Pacer } from "./pace/pacing.ts";
import { createWalk, expectedTargets, walkLength } from "./order/permutation.ts";
import type { Walk } from "./order/permutation.ts";
import type { ResumeState } from "./resume-state.ts";
import { STANDSTILLS } from "./standstill.ts";
import type { Standstill } from "./standstill.ts";
import type { SurveyEffects, SurveyPlan } from "./survey-plan.ts";
import { createWaitingRoom } from "./pace/waiting-room.ts";
import type { WaitingRoom } from "./pace/waiting-room.ts";

/** Targets put aside at most while their host or network has had its share; the walk stands still beyond it. */
const MOST_WAITING = 2048;

/** One target on its way through a run. */
export interface Item {
  readonly position: number;
  readonly target: Target;
  /** Looks without a verdict so far. */
  tries: number;
  /** Verdicts of the run when this target last went without one. */
  verdictsBefore: number;
}

/** A step of the walk that is not finished, and whether it was asked before. */
interface OpenStep {
  readonly position: number;
  readonly wasAsked: boolean;
}

/** A run under way: everything it holds in memory, all of it bounded. */
export interface Work {
  readonly plan: SurveyPlan;
  readonly fx: SurveyEffects;
  readonly walk: Walk;
  /** Steps that an earlier part of this run left open, still to be asked. */
  readonly left: OpenStep[];
  readonly room: WaitingRoom<Item>;
  readonly inFlight: Map<number, Item>;
  readonly pacer: Pacer;
  readonly backoff: Backoff;
  readonly agreement: CardAgreement;
  readonly desk: CardDesk;
  readonly tally: Tally;
  /** Looks started by this process. */
  started: number;
  /** Looks of this process that ended with a verdict. */
  verdicts: number;
  /** The first bug or disk failure met outside the loop. */
  failure: { readonly error: unknown } | null;
  /** Targets of the shard as far as can be told without walking it. */
  readonly expected: number;
  readonly handedOut: number;
}

/** Sets a run up, from its beginning or from where its state says it stood. */
export function createWork(plan: SurveyPlan, fx: SurveyEffects): Work {
  const { permutation, shard, limits, resume } = plan;
  const tally = structuredClone(resume?.tally ?? emptyTally());
  const agreement = createCardAgreement((digest, version) => fx.memory.agreedCard(digest, version));
  if (resume !== null) noteStop(tally, resume, fx.clock.epochMs());
  const work: Work = {
    plan,
    fx,
    walk: createWalk(permutation, shard, resume?.next ?? 0),
    left: resume === null ? [] : openStepsOf(resume),
    room: createWaitingRoom(MOST_WAITING),
    inFlight: new Map(),
    pacer: createPacer(limits),
    backoff: createBackoff(),
    agreement,
    desk: createCardDesk(limits, agreement, tally),
    tally,
    started: 0,
    verdicts: 0,
    failure: null,
    expected: expectedTargets(permutation, shard),
    get handedOut() {
      return finishedCount(tally) + skippedCount(tally) + tally.givenUp + openSteps(work);
    },
  };
  return work;
}

function noteStop(tally: Tally, { saved_at_ms: savedAtMs, stopped_for: why }: ResumeState, nowMs: number): void {
  const reason = STANDSTILLS[why];
  addGap(tally, { from: instantOf(savedAtMs), to: instantOf(Math.max(savedAtMs, nowMs)), reason });
}

function openStepsOf({ waiting, asked }: ResumeState): OpenStep[] {
  const steps = (positions: readonly number[], wasAsked: boolean): OpenStep[] =>
    positions.map((position) => ({ position, wasAsked }));
  return [...steps(waiting, false), ...steps(asked, true)];
}

function openSteps(work: Work): number {
  return work.inFlight.size + work.room.size + work.left.length;
}

/** Whether every step was handed out. */
export function isWalkOver({ walk, plan }: Work): boolean {
  return walk.position >= walkLength(plan.permutation, plan.shard);
}

/** Whether nothing is left to ask or to wait for. */
export function isExhausted(work: Work): boolean {
  return openSteps(work) === 0 && isWalkOver(work);
}

/** The run as it stands, to be gone on with later; `end` is `null` while it goes on. */
export function stateOf(work: Work, end: "done" | Standstill | null): ResumeState {
  const open: OpenStep[] = [
    ...work.left,
    ...[...work.inFlight.keys()].map((position) => ({ position, wasAsked: true })),
    ...[...work.room.items()].map(({ position, tries }) => ({ position, wasAsked: tries > 0 })),
  ];
  return {
    schema: 1,
    started_at: instantOf(work.plan.startedAtMs),
    space: work.plan.fingerprint,
    seed: work.plan.seed,
    next: work.walk.position,
    asked: open.filter((step) => step.wasAsked).map((step) => step.position),
    waiting: open.filter((step) => !step.wasAsked).map((step) => step.position),
    tally: structuredClone(work.tally),
    saved_at_ms: Math.round(work.fx.clock.epochMs()),
    done: end === "done",
    stopped_for: end === null || end === "done" ? "stopped" : end,
  };
}
