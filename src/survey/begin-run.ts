import { createHash } from "node:crypto";
import { Complaint } from "../model/complaint.ts";
import { instantOf } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import type { PinnedName } from "../model/pinned-name.ts";
import type { Run } from "../model/run.ts";
import type { Scope } from "../model/scope.ts";
import { parseResumeState } from "./resume-state.ts";
import type { ResumeState } from "./resume-state.ts";
import { runAuthority } from "./scope/scope-hash.ts";
import { shardText } from "./order/shard.ts";
import type { SurveyOptions } from "./survey-options.ts";

const HOUR_MS = 3_600_000;

/** What the lake keeps of the last run of this scope and shard. */
export interface LastRun {
  /** 32 hex digits. */
  readonly run: string;
  readonly state: unknown;
}

/** A run to begin, or one to go on with. */
export interface Beginning {
  readonly run: Run;
  readonly resume: ResumeState | null;
}

/** What decides how a run begins. */
export interface BeginningFacts {
  readonly scope: Scope;
  readonly fingerprint: string;
  readonly nowMs: number;
  /** 32 fresh hex digits. */
  readonly newRun: string;
  readonly last: LastRun | null;
}

type BeginningOptions = Pick<SurveyOptions, "shard" | "resume" | "fresh">;

/** SHA-256 (64 hex) over what a run walks besides the scope itself: how many targets, which list, what names resolved to. */
export function fingerprintOf(
  size: number,
  listHash: string | null,
  names: readonly string[],
  pins: readonly PinnedName[],
): string {
  const resolved = pins.filter((pin) => names.includes(pin.name)).map((pin) => [pin.name, pin.addresses]);
  return createHash("sha256")
    .update(JSON.stringify([size, listHash, resolved]))
    .digest("hex");
}

/** Decides whether a run may begin or go on; a {@link Complaint} that says why not. */
export function beginRun(options: BeginningOptions, facts: BeginningFacts): Beginning {
  const { last } = facts;
  const state = last === null ? null : parseResumeState(last.state);
  if (options.resume) {
    const resume = goOn(last, state, facts.fingerprint);
    return { run: runRow(options, facts.scope, last?.run ?? facts.newRun, resume.started_at), resume };
  }
  if (state?.ok === true && !state.value.done && !options.fresh) throw unfinished(state.value);
  if (state?.ok === true && state.value.done) refuseTooSoon(state.value, facts);
  return { run: runRow(options, facts.scope, facts.newRun, instantOf(facts.nowMs)), resume: null };
}

function goOn(
  last: LastRun | null,
  state: ReturnType<typeof parseResumeState> | null,
  fingerprint: string,
): ResumeState {
  if (last === null) {
    const message = "this lake holds no run of this scope and shard";
    throw new Complaint([{ place: "--resume", message }], "leave out --resume to begin one");
  }
  if (state?.ok !== true) {
    const message = `the state that was kept cannot be read: ${state?.error ?? "there is none"}`;
    throw new Complaint([{ place: "--resume", message }], "--fresh begins anew");
  }
  if (state.value.done) {
    const message = `the last run of this scope and shard is finished (${instantOf(state.value.saved_at_ms)})`;
    throw new Complaint([{ place: "--resume", message }], "leave out --resume to begin another");
  }
  if (state.value.space !== fingerprint) {
    const message =
      "the unfinished run walked other targets: another list, or names that resolve to other addresses now";
    throw new Complaint([{ place: "--resume", message }], "give the same --targets, or begin anew with --fresh");
  }
  return state.value;
}

function unfinished(state: ResumeState): Complaint {
  const message = `a run of this scope and shard is unfinished (last kept at ${instantOf(state.saved_at_ms)})`;
  return new Complaint(
    [{ place: "--lake", message }],
    "--resume goes on with it; --fresh leaves it as it is and begins anew",
  );
}

/** The re-scan interval (rule R2): what was walked whole is not walked again before it is over. */
function refuseTooSoon(state: ResumeState, { scope, fingerprint, nowMs }: BeginningFacts): void {
  const againMs = state.saved_at_ms + scope.limits.rescanHours * HOUR_MS;
  if (state.space !== fingerprint || nowMs >= againMs) return;
  const message = `these targets were asked until ${instantOf(state.saved_at_ms)}; the scope allows it again from ${instantOf(againMs)}`;
  throw new Complaint(
    [{ place: "limits.rescanHours", message }],
    "wait, or write another re-scan interval into the scope",
  );
}

function runRow(options: BeginningOptions, scope: Scope, run: string, startedAt: Instant): Run {
  return {
    kind: "run",
    schema: 1,
    run,
    source: "corral",
    started_at: startedAt,
    finished_at: null,
    ...runAuthority(scope),
    shard: shardText(options.shard),
    coverage: null,
    gaps: [],
    carries: null,
    synthetic: false,
  };
}
