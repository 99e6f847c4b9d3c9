import type { Answer } from "../model/observation.ts";
import type { Run } from "../model/run.ts";
import { instantOf } from "../model/instant.ts";
import type { CalendarDay } from "./calendar.ts";
import type { CampaignModel } from "./campaign-model.ts";
import { sha256 } from "./holding.ts";

/** Answers of one day's run, and what it cost. */
export interface RunCounts {
  readonly answers: Record<Answer, number>;
  cards: number;
  requests: number;
  /** Services asked that exist. */
  asked: number;
}

const HOUR_MS = 3_600_000;
/** Hours of a day at which a run begins and ends; the second source looks later. */
export const RUN_HOURS = { first: [2, 6], second: [10, 14] } as const;
const DEAD_SILENT = 0.8;

/** Nothing counted yet. */
export function noCounts(): RunCounts {
  return {
    answers: { open: 0, login: 0, denied: 0, refused: 0, silent: 0, other: 0 },
    cards: 0,
    requests: 0,
    asked: 0,
  };
}

/** Id of a source's run on a day: 32 hex. */
export function runId(model: CampaignModel, source: string, day: CalendarDay): string {
  return sha256(`${model.seed} ${source} run ${day.index}`).slice(0, 32);
}

/** Targets that a day's run asks. */
export function attemptedOn(model: CampaignModel, day: CalendarDay): number {
  return day.partial ? Math.floor(model.targets / 2) : model.targets;
}

/** The run of the first source: what it attempted and what came of it. */
export function firstRun(model: CampaignModel, day: CalendarDay, counts: RunCounts): Run {
  const attempted = attemptedOn(model, day);
  const { answers } = counts;
  const dead = attempted - Object.values(answers).reduce((sum, one) => sum + one, 0);
  const silent = Math.round(dead * DEAD_SILENT);
  const run = emptyRun(model, SOURCE, day, RUN_HOURS.first);
  const endMs = day.startMs + RUN_HOURS.first[1] * HOUR_MS;
  return {
    ...run,
    coverage: {
      targets: model.targets,
      attempted,
      finished: attempted,
      ...answers,
      silent: answers.silent + silent,
      refused: answers.refused + dead - silent,
      skipped: 0,
      requests: counts.requests + dead,
      cards: counts.cards,
    },
    gaps: day.partial ? [{ from: instantOf(endMs), to: instantOf(endMs + 4 * HOUR_MS), reason: "interrupted" }] : [],
  };
}

/** Name of the first source. */
export const SOURCE = "corral-simulated";

/** The run of the second source, which does not tell what it asked. */
export function secondRun(model: CampaignModel, source: string, day: CalendarDay): Run {
  return emptyRun(model, source, day, RUN_HOURS.second);
}

function emptyRun(model: CampaignModel, source: string, day: CalendarDay, hours: readonly [number, number]): Run {
  return {
    kind: "run",
    schema: 1,
    run: runId(model, source, day),
    source,
    started_at: instantOf(day.startMs + hours[0] * HOUR_MS),
    finished_at: instantOf(day.startMs + hours[1] * HOUR_MS),
    scope_name: `simulated campaign ${model.name}`,
    scope_hash: null,
    basis: "statutory",
    operator: "Corral's simulator",
    contact: null,
    allowed_by: null,
    vantage: "outside",
    ports: [...new Set([...model.ports.map(({ port }) => port), 5001, 8080, 11_434])].toSorted((a, b) => a - b),
    shard: "1/1",
    depth: "cards",
    coverage: null,
    gaps: [],
    carries: null,
    synthetic: true,
  };
}
