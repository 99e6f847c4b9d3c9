import { Complaint } from "../../model/complaint.ts";
import { epochMsOf, instantOf } from "../../model/instant.ts";
import type { DiffRun } from "./diff-run.ts";

/** The two ends of a comparison: runs, or moments (ISO text, UTC). */
export type DiffEnds =
  | { readonly kind: "runs"; readonly from: DiffRun; readonly to: DiffRun }
  | { readonly kind: "times"; readonly from: string; readonly to: string };

/** What the user gave: a run's id or its beginning, a moment, or nothing. */
export interface EndOptions {
  readonly from: string | null;
  readonly to: string | null;
}

type End = { readonly kind: "run"; readonly run: DiffRun } | { readonly kind: "time"; readonly at: string };

const RUN_ID = /^[0-9a-f]{6,32}$/u;
const HINT = "corral sql --lake LAKE 'SELECT run, source, scope_name, started_at FROM run' lists the runs";

/**
 * Chooses what to compare. Nothing given: the newest survey and the one before it of the same scope, shard and vantage, preferably one
 * that finished. `runs` come oldest first; `now` is the time of the newest observation.
 *
 * @throws a {@link Complaint} when there are not two, or when what was given names none.
 */
export function chooseEnds(options: EndOptions, runs: readonly DiffRun[], now: string | null): DiffEnds {
  const from = options.from === null ? null : readEnd("--from", options.from, runs);
  const to = options.to === null ? null : readEnd("--to", options.to, runs);
  if (from?.kind === "time" || to?.kind === "time") return times(from, to, now);
  const last = to?.run ?? lastOf(from?.run ?? null, runs);
  const first = from?.run ?? beforeOf(last, runs);
  if (first.run === last.run) throw new Complaint([{ place: "--from", message: "is the same run as --to" }], HINT);
  return { kind: "runs", from: first, to: last };
}

function readEnd(place: string, text: string, runs: readonly DiffRun[]): End {
  const atMs = epochMsOf(text);
  if (atMs !== null) return { kind: "time", at: instantOf(atMs) };
  if (!RUN_ID.test(text)) {
    const message = `${text}: neither a time (2026-01-10 or 2026-01-10T03:04:05Z) nor a run (6 to 32 hex digits)`;
    throw new Complaint([{ place, message }], HINT);
  }
  const [run, ...others] = runs.filter((one) => one.run.startsWith(text));
  if (run === undefined) throw new Complaint([{ place, message: `${text}: the lake holds no such run` }], HINT);
  if (others.length > 0) throw new Complaint([{ place, message: `${text}: begins ${others.length + 1} runs` }], HINT);
  return { kind: "run", run };
}

function times(from: End | null, to: End | null, now: string | null): DiffEnds {
  if (from === null) throw new Complaint([{ place: "--from", message: "is missing: --to is a time" }]);
  if (from.kind === "run" || to?.kind === "run") {
    throw new Complaint([{ place: "--from, --to", message: "one is a run, the other a time" }], "give two of a kind");
  }
  const until = to?.at ?? now ?? from.at;
  if (until > from.at) return { kind: "times", from: from.at, to: until };
  const message = to === null ? "is not before the newest observation" : "is not before --to";
  throw new Complaint([{ place: "--from", message: `${from.at} ${message}` }]);
}

/** The newest survey; of the scope of another run when one is given. */
function lastOf(from: DiffRun | null, runs: readonly DiffRun[]): DiffRun {
  const last = runs.findLast((one) => one.scopeHash !== null && (from === null || isSameScope(one, from)));
  if (last !== undefined) return last;
  throw new Complaint(
    [{ place: "--lake", message: from === null ? "holds no survey" : `no survey follows run ${from.run}` }],
    "imports can be compared by time (--from 2026-01-10) or named (--from RUN --to RUN)",
  );
}

/** The run before another of the same scope: the newest that finished, else the newest. */
function beforeOf(last: DiffRun, runs: readonly DiffRun[]): DiffRun {
  const at = runs.findIndex(({ run }) => run === last.run);
  const earlier = runs.slice(0, at).filter((one) => one.scopeHash !== null && isSameScope(one, last));
  const before = earlier.findLast(({ finishedAt }) => finishedAt !== null) ?? earlier.at(-1);
  if (before !== undefined) return before;
  throw new Complaint(
    [{ place: "--lake", message: `holds no run before ${last.run} of the same scope, shard and vantage` }],
    "run the survey again, or name two runs (--from RUN --to RUN) or two times",
  );
}

function isSameScope(one: DiffRun, other: DiffRun): boolean {
  return one.scopeName === other.scopeName && one.shard === other.shard && one.vantage === other.vantage;
}
