import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { promptClass } from "../classify/prompt-class.ts";
import { field, isObject } from "../format/bounded-value.ts";
import { createNap, systemClock } from "../machine/clock.io.ts";
import { measureEventLoopLag } from "../machine/event-loop-lag.io.ts";
import { createRandomHex } from "../machine/random-hex.io.ts";
import type { Locator } from "../machine/locate.ts";
import { hasRoute } from "../machine/route.io.ts";
import { keepHeapSmall } from "../machine/small-heap.io.ts";
import type { Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import { epochMsOf, instantOf } from "../model/instant.ts";
import type { PinnedName } from "../model/pinned-name.ts";
import type { Run } from "../model/run.ts";
import type { Limits, Scope } from "../model/scope.ts";
import { keepRetention } from "../store/retention.io.ts";
import type { RunWriter } from "../store/run-writer.ts";
import { soleRun } from "../store/sole-run.io.ts";
import { openRunWriter } from "../store/writer.io.ts";
import { beginRun, fingerprintOf } from "./begin-run.ts";
import type { Beginning } from "./begin-run.ts";
import { coverageOf } from "./coverage.ts";
import { survey } from "./engine.ts";
import type { SurveyEnd } from "./engine.ts";
import { lastRunOf, loadMemory } from "./lake-memory.io.ts";
import type { ListedTargets } from "./order/listed-targets.ts";
import { createLooker } from "./look/look.io.ts";
import type { Memory } from "./memory.ts";
import { LOOK_LIMITS } from "./look/look.ts";
import type { Looker } from "./look/look.ts";
import { createPermutation } from "./order/permutation.ts";
import { progressTeller } from "./progress-teller.ts";
import { scopeHash } from "./scope/scope-hash.ts";
import { shardText } from "./order/shard.ts";
import type { SurveyOptions } from "./survey-options.ts";
import { STANDSTILLS } from "./standstill.ts";
import type { Journal, Progress, SurveyPlan } from "./survey-plan.ts";
import { namesAsked } from "./scope/target-space.ts";
import type { TargetSpace } from "./scope/target-space.ts";
import { userAgent } from "./user-agent.ts";

const DAY_MS = 86_400_000;
/** Seconds between two writings of the run's row while it grows. */
const ROW_EVERY_SECONDS = 10;

/** A survey with everything decided but its beginning: what `corral survey` and `corral start` hand in. */
export interface SurveyJob {
  readonly scope: Scope;
  readonly space: TargetSpace;
  readonly pins: readonly PinnedName[];
  /** Instead of everything the scope names. */
  readonly list: ListedTargets | null;
  /** Folder of the lake; made where it is missing. */
  readonly lake: string;
  /** Tells country and AS number of what answered; `null` = nothing is placed. */
  readonly locator: Locator | null;
  readonly options: Pick<SurveyOptions, "shard" | "resume" | "fresh" | "pilot" | "seed" | "rate">;
}

/** What a survey tells and obeys. */
export type SurveyTerminal = Pick<Terminal, "say" | "stopped" | "interactive" | "env">;

/** A survey that ended, and its row. */
export interface SurveyResult {
  readonly run: Run;
  readonly end: SurveyEnd;
}

/**
 * Runs one survey into a lake: begins or goes on, asks, and closes the lake whatever happens.
 *
 * @throws a `Complaint` when the run may not begin, or when the lake can no longer be written.
 */
export async function runSurveyJob(job: SurveyJob, terminal: SurveyTerminal): Promise<SurveyResult> {
  const sole = await soleRun(job.lake, scopeHash(job.scope), shardText(job.options.shard));
  if (sole === null) {
    const message = "a survey of this scope and shard is running now";
    throw new Complaint(
      [{ place: "--lake", message }],
      "wait until it ends; other scopes and shards may run beside it",
    );
  }
  try {
    return await runAlone(job, terminal);
  } finally {
    await sole.release();
  }
}

async function runAlone(job: SurveyJob, terminal: SurveyTerminal): Promise<SurveyResult> {
  const beginning = await begin(job);
  const memory = await loadMemory(job.lake);
  const writer = await openRunWriter(job.lake, beginning.run);
  try {
    const result = await surveyInto(writer, job, beginning, memory, terminal);
    await writer.close();
    await forgetOld(job, terminal);
    return result;
  } catch (error) {
    await writer.close().catch(() => null); // what went wrong first is what is told
    throw diskComplaint(error, job.lake);
  }
}

/** What this scope's runs saw longer ago than it allows goes, at the end of each run. */
async function forgetOld({ scope, lake }: SurveyJob, terminal: SurveyTerminal): Promise<void> {
  const { name: scopeName, retentionDays: days } = scope;
  const forgotten = await keepRetention(lake, { scopeName, days }, systemClock.epochMs());
  if (forgotten === null) return;
  const { observations, cards, left } = forgotten;
  terminal.say(`forgotten, older than ${days} days: ${observations} observations, ${cards} cards`);
  if (left.length > 0) terminal.say(`note: some of it may remain until the next run: ${left.join(", ")}`);
}

async function surveyInto(
  writer: RunWriter,
  job: SurveyJob,
  beginning: Beginning,
  memory: Memory,
  terminal: SurveyTerminal,
): Promise<SurveyResult> {
  const lag = measureEventLoopLag();
  const endKeeping = keepHeapSmall();
  const teller = progressTeller(terminal);
  let ticks = 0;
  const effects = {
    clock: systemClock,
    nap: createNap(),
    lagP99Ms: () => lag.p99Ms(),
    looker: lookerFor(job.scope, beginning.run, (spanMs) => lag.worstMs(spanMs)),
    hasRoute,
    memory,
    journal: journalOf(writer, job.locator),
    progress: (progress: Progress) => {
      teller(progress, systemClock.monotonicMs());
      ticks += 1;
      if (ticks % ROW_EVERY_SECONDS === 0) writer.run(rowOf(beginning.run, progress));
    },
  };
  try {
    const end = await survey(planOf(job, beginning), effects, terminal.stopped);
    const run = endedRow(rowOf(beginning.run, end.progress), end);
    writer.run(run);
    return { run, end };
  } finally {
    lag.stop();
    endKeeping();
  }
}

/** A disk that is full or gone is no bug: it is told in words, and the run can be gone on with. */
function diskComplaint(error: unknown, lake: string): unknown {
  const cause = error instanceof Error ? error.cause : null;
  if (!(cause instanceof Error) || !("code" in cause)) return error;
  const problem = { place: lake, message: `the lake cannot be written: ${cause.message}` };
  return new Complaint([problem], "make room, then go on with --resume", EXIT.incomplete);
}

async function begin(job: SurveyJob): Promise<Beginning> {
  const { scope, options, list, pins } = job;
  const size = list?.space.size ?? job.space.size;
  return beginRun(options, {
    scope,
    fingerprint: fingerprintOf(size, list?.hash ?? null, namesAsked(scope), pins),
    nowMs: systemClock.epochMs(),
    newRun: randomBytes(16).toString("hex"),
    last: await lastRunOf(job.lake, scopeHash(scope), shardText(options.shard)),
  });
}

function planOf(job: SurveyJob, { run, resume }: Beginning): SurveyPlan {
  const { scope, options, list, pins } = job;
  const space = list?.space ?? job.space;
  const seed = resume?.seed ?? options.seed ?? scopeHash(scope);
  return {
    run: run.run,
    startedAtMs: epochMsOf(run.started_at) ?? 0,
    space,
    fingerprint: fingerprintOf(space.size, list?.hash ?? null, namesAsked(scope), pins),
    seed,
    permutation: createPermutation(space.size, seed),
    shard: options.shard,
    limits: slowed(scope.limits, options.rate),
    asksCards: scope.depth === "cards",
    isPilot: options.pilot,
    untilMs: (epochMsOf(scope.authority.until) ?? 0) + DAY_MS,
    resume,
  };
}

/** The scope's limits at a lower total rate. */
export function slowed(limits: Limits, rate: number | null): Limits {
  return rate === null ? limits : { ...limits, rate: Math.min(rate, limits.rate) };
}

function lookerFor(scope: Scope, run: Run, worstLagOfMs: (spanMs: number) => number): Looker {
  const nowMs = (): number => systemClock.epochMs();
  return createLooker({
    userAgent: userAgent(scope, packageVersion()),
    run: run.run,
    vantage: run.vantage,
    source: run.source,
    limits: LOOK_LIMITS,
    prompts: { judge: promptClass, keepsText: scope.prompts === "text" },
    effects: {
      nowMs,
      worstLagMs: (sinceMs) => worstLagOfMs(nowMs() - sinceMs),
      controlToken: createRandomHex(8),
    },
  });
}

/** The lake's writer as the engine sees it; each checkpoint is sent to the disk at once. */
function journalOf(writer: RunWriter, locator: Locator | null): Journal {
  return {
    observation: (observation) => {
      writer.observation(locator === null ? observation : locator.placed(observation));
    },
    card: (card) => {
      writer.card(card);
    },
    request: (entry) => {
      writer.request(entry);
    },
    checkpoint: (state) => {
      writer.checkpoint(state);
      writer.flush().catch(() => null); // the next append throws what went wrong
    },
    flush: () => writer.flush(),
    get pendingBytes() {
      return writer.pendingBytes;
    },
  };
}

function rowOf(run: Run, progress: Progress): Run {
  const { tally, asked } = progress.state;
  const coverage = coverageOf(tally, progress.targets, asked.length + tally.givenUp);
  return { ...run, coverage, gaps: [...tally.gaps] };
}

/** The row with the standstill it ends in; `--resume` writes how long instead. */
function endedRow(row: Run, { reason }: SurveyEnd): Run {
  const at = instantOf(systemClock.epochMs());
  if (reason === "done") return { ...row, finished_at: at };
  return { ...row, gaps: [...row.gaps, { from: at, to: at, reason: STANDSTILLS[reason] }] };
}

function packageVersion(): string {
  const about: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const version = isObject(about) ? field(about, "version") : null;
  return typeof version === "string" ? version : "0";
}
