import type { Gap } from "../model/run.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { emptyTally } from "./coverage.ts";
import type { Tally } from "./coverage.ts";

/**
 * Where a survey stood: all that is needed to go on, and no address. Every step of the walk below `next` is finished, except
 * those named in `asked` (under way) and `waiting` (put aside, not asked yet).
 */
export interface ResumeState {
  readonly schema: 1;
  /** What was walked: a hash over the size, and over the list when there was one. Going on elsewhere is refused. */
  readonly space: string;
  readonly seed: string;
  readonly next: number;
  readonly asked: readonly number[];
  readonly waiting: readonly number[];
  readonly tally: Tally;
  /** Milliseconds since 1970, to date the gap a stop leaves. */
  readonly saved_at_ms: number;
  readonly done: boolean;
}

/** Reads a state back; the lake may be damaged or of another version, so nothing is taken on trust. */
export function parseResumeState(value: unknown): Result<ResumeState, string> {
  const state = recordOf(value);
  if (state === null || state["schema"] !== 1) return fail("it is not a survey's state of this version");
  const { space, seed, next, asked, waiting, saved_at_ms, done } = state;
  if (typeof space !== "string" || typeof seed !== "string" || typeof done !== "boolean")
    return fail("fields are missing");
  if (!isCount(next) || !isCount(saved_at_ms)) return fail("its counters are no counters");
  if (!areSteps(asked, next) || !areSteps(waiting, next)) return fail("its open steps do not fit");
  const tally = parseTally(state["tally"]);
  if (tally === null) return fail("its counts do not fit");
  return ok({ schema: 1, space, seed, next, asked, waiting, tally, saved_at_ms, done });
}

function parseTally(value: unknown): Tally | null {
  const given = recordOf(value);
  const answers = recordOf(given?.["answers"]);
  const skipped = recordOf(given?.["skipped"]);
  const gaps = given?.["gaps"];
  if (given === null || answers === null || skipped === null || !Array.isArray(gaps) || !gaps.every(isGap)) return null;
  const tally = emptyTally();
  for (const answer of Object.keys(tally.answers) as (keyof Tally["answers"])[]) {
    const count = answers[answer];
    if (!isCount(count)) return null;
    tally.answers[answer] = count;
  }
  for (const [reason, count] of Object.entries(skipped)) {
    if (!isCount(count)) return null;
    tally.skipped[reason] = count;
  }
  for (const name of ["requests", "cards", "cardsAsked", "confirmed", "again", "givenUp"] as const) {
    const count = given[name];
    if (!isCount(count)) return null;
    tally[name] = count;
  }
  tally.gaps.push(...gaps);
  return tally;
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function areSteps(value: unknown, next: number): value is number[] {
  return (
    Array.isArray(value) && value.every((step) => isCount(step) && step < next) && new Set(value).size === value.length
  );
}

function isGap(value: unknown): value is Gap {
  const gap = recordOf(value);
  return ["from", "to", "reason"].every((name) => typeof gap?.[name] === "string");
}
