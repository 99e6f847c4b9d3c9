import type { Scope } from "../model/scope.ts";
import type { Target } from "../model/target.ts";
import { count } from "../render/number.ts";
import { planRows } from "./scope/describe-plan.ts";
import type { ListedTargets } from "./order/listed-targets.ts";
import { createPermutation, createWalk, expectedTargets } from "./order/permutation.ts";
import { scopeHash } from "./scope/scope-hash.ts";
import { scopePlan } from "./scope/scope-plan.ts";
import type { ScopePlan } from "./scope/scope-plan.ts";
import { shardText } from "./order/shard.ts";
import type { SurveyOptions } from "./survey-options.ts";
import type { TargetSpace } from "./scope/target-space.ts";

/** Targets that a dry run shows. */
const SHOWN = 5;
/** Steps of the walk looked at to find them. */
const MOST_STEPS = 100_000;

/** What a run would do, found out without connecting to anything (rule R7). */
export interface DryRun {
  readonly plan: ScopePlan;
  readonly shard: string;
  /** Targets of the shard, about: the order is not walked for it. */
  readonly shard_targets: number;
  /** Targets of the whole run, of which the shard is a part. */
  readonly run_targets: number;
  /** Targets of the list; `null` without one. */
  readonly listed: number | null;
  readonly refused: Readonly<Record<string, number>>;
  /** The first targets in the order of the run. */
  readonly first: readonly Target[];
}

/** Works a run out up to its first connection. */
export function dryRunPlan(
  scope: Scope,
  space: TargetSpace,
  { list, tables }: { readonly list: ListedTargets | null; readonly tables: readonly string[] },
  options: Pick<SurveyOptions, "seed" | "shard">,
  nowMs: number,
): DryRun {
  const walked = list?.space ?? space;
  const permutation = createPermutation(walked.size, options.seed ?? scopeHash(scope));
  const walk = createWalk(permutation, options.shard, 0);
  const first: Target[] = [];
  for (let step = 0; step < MOST_STEPS && first.length < SHOWN; step += 1) {
    const at = walk.next();
    if (at === null) break;
    const target = walked.at(at.index);
    if (walked.admit(target).ok) first.push(target);
  }
  return {
    plan: scopePlan(scope, space, nowMs, tables),
    shard: shardText(options.shard),
    shard_targets: expectedTargets(permutation, options.shard),
    run_targets: walked.size,
    listed: list?.space.size ?? null,
    refused: list?.refused ?? {},
    first,
  };
}

/** A dry run as lines to read. */
export function dryRunText(run: DryRun): string {
  const { plan, listed, refused, first } = run;
  const rows = [...planRows(plan), { label: "shard", value: shardWords(run) }];
  if (listed !== null) rows.push({ label: "list", value: `${count(listed)} targets in scope` });
  for (const [reason, lines] of Object.entries(refused))
    rows.push({ label: "refused", value: `${count(lines)}: ${reason}` });
  for (const target of first) rows.push({ label: "would ask", value: targetWords(target) });
  const width = rows.reduce((widest, row) => Math.max(widest, row.label.length), 0);
  return rows.map(({ label, value }) => `${label.padEnd(width)}  ${value}\n`).join("");
}

function shardWords({ shard, shard_targets: share, run_targets: whole }: DryRun): string {
  return share === whole ? shard : `${shard}: about ${count(share)} of ${count(whole)} targets`;
}

function targetWords({ address, port, host_name, base_path }: Target): string {
  const place = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  return `${place}${base_path === "/" ? "" : base_path}${host_name === null ? "" : ` as ${host_name}`}`;
}
