import { z } from "zod";
import { fail, ok } from "../model/result.ts";
import type { Instant } from "../model/instant.ts";
import type { Result } from "../model/result.ts";
import type { Tally } from "./coverage.ts";
import { STANDSTILL_NAMES } from "./standstill.ts";
import type { Standstill } from "./standstill.ts";

/**
 * Where a survey stood: all that is needed to go on, and no address. Every step of the walk below `next` is finished, except
 * those named in `asked` (under way) and `waiting` (put aside, not asked yet).
 */
export interface ResumeState {
  readonly schema: 1;
  /** When the run began, ISO 8601 UTC. */
  readonly started_at: Instant;
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
  /** What the run stands still for; `stopped` while it goes on, as nobody tells of a kill. */
  readonly stopped_for: Standstill;
}

const count = z.int().nonnegative();
const steps = z.array(count).refine((list) => new Set(list).size === list.length, "a step is named twice");

const tallySchema = z.strictObject({
  answers: z.strictObject({
    open: count,
    login: count,
    denied: count,
    refused: count,
    silent: count,
    other: count,
  }),
  skipped: z.record(z.string(), count),
  requests: count,
  cards: count,
  cardsAsked: count,
  confirmed: count,
  again: count,
  givenUp: count,
  gaps: z.array(z.strictObject({ from: z.string(), to: z.string(), reason: z.string() })),
}) satisfies z.ZodType<Tally>;

const stateSchema = z
  .strictObject({
    schema: z.literal(1),
    started_at: z.iso.datetime(),
    space: z.string(),
    seed: z.string(),
    next: count,
    asked: steps,
    waiting: steps,
    tally: tallySchema,
    saved_at_ms: count,
    done: z.boolean(),
    stopped_for: z.enum(STANDSTILL_NAMES).default("stopped"), // left out by states of earlier versions
  })
  .refine(({ next, asked, waiting }) => [...asked, ...waiting].every((step) => step < next), {
    error: "an open step lies beyond the walk",
  }) satisfies z.ZodType<ResumeState>;

/** Reads a state back; the lake may be damaged or of another version, so nothing is taken on trust. */
export function parseResumeState(value: unknown): Result<ResumeState, string> {
  const parsed = stateSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [first] = parsed.error.issues;
  return fail(first === undefined ? "not a survey's state" : `${first.path.join(".")}: ${first.message}`);
}
