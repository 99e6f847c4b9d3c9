import { epochMsOf } from "../model/instant.ts";
import type { Answer } from "../model/observation.ts";
import type { Coverage, Gap } from "../model/run.ts";

/** A run keeps this many gaps; later ones lengthen the last. */
const MOST_GAPS = 500;
const JOINED_WITHIN_MS = 1000;

/** Targets passed over without a request, by reason: a scope's refusals, or `asked-recently`. */
export type SkipCounts = Record<string, number>;

/** The counts of a run as they grow: what a `Coverage` is made of, and what a checkpoint carries on. */
export interface Tally {
  readonly answers: Record<Answer, number>;
  readonly skipped: SkipCounts;
  requests: number;
  /** Cards kept, and cards asked for (the run's cap counts these). */
  cards: number;
  cardsAsked: number;
  confirmed: number;
  /** Looks ordered again because of lag or this machine's own limits. */
  again: number;
  /** Looks given up without a verdict. */
  givenUp: number;
  readonly gaps: Gap[];
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return {
    answers: { open: 0, login: 0, denied: 0, refused: 0, silent: 0, other: 0 },
    skipped: {},
    requests: 0,
    cards: 0,
    cardsAsked: 0,
    confirmed: 0,
    again: 0,
    givenUp: 0,
    gaps: [],
  };
}

/** How many targets got a verdict. */
export function finishedCount(tally: Tally): number {
  return Object.values(tally.answers).reduce((sum, count) => sum + count, 0);
}

/** How many targets were passed over. */
export function skippedCount(tally: Tally): number {
  return Object.values(tally.skipped).reduce((sum, count) => sum + count, 0);
}

/** Counts one target that was passed over. */
export function countSkip(tally: Tally, reason: string): void {
  tally.skipped[reason] = (tally.skipped[reason] ?? 0) + 1;
}

/** Keeps a gap; one of the same reason that begins where the last ended lengthens it. */
export function addGap(tally: Tally, gap: Gap): void {
  const last = tally.gaps.at(-1);
  if (last !== undefined && (tally.gaps.length >= MOST_GAPS || (last.reason === gap.reason && endsAt(last, gap)))) {
    tally.gaps[tally.gaps.length - 1] = { ...last, to: gap.to > last.to ? gap.to : last.to };
    return;
  }
  tally.gaps.push(gap);
}

/** Whether a gap goes on where another ended, give or take the lateness of a timer. */
function endsAt(last: Gap, gap: Gap): boolean {
  return (epochMsOf(gap.from) ?? Infinity) - (epochMsOf(last.to) ?? 0) <= JOINED_WITHIN_MS;
}

/** The row's coverage; `asked` = targets that were asked at least once and have no verdict. */
export function coverageOf(tally: Tally, targets: number, asked: number): Coverage {
  const finished = finishedCount(tally);
  return {
    targets,
    attempted: finished + asked,
    finished,
    ...tally.answers,
    skipped: skippedCount(tally),
    requests: tally.requests,
    cards: tally.cards,
  };
}
