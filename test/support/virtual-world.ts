import type { Card } from "../../src/model/card.ts";
import { instantOf } from "../../src/model/instant.ts";
import type { Answer, Observation } from "../../src/model/observation.ts";
import type { RequestEntry } from "../../src/model/request-entry.ts";
import type { Limits } from "../../src/model/scope.ts";
import type { Target } from "../../src/model/target.ts";
import { survey } from "../../src/survey/engine.ts";
import type { SurveyEnd } from "../../src/survey/engine.ts";
import type { AgainReason, Look, LookOrder } from "../../src/survey/look/look.ts";
import { NEVER_SEEN } from "../../src/survey/memory.ts";
import type { Memory } from "../../src/survey/memory.ts";
import { createPermutation } from "../../src/survey/order/permutation.ts";
import type { ResumeState } from "../../src/survey/resume-state.ts";
import { WHOLE } from "../../src/survey/order/shard.ts";
import type { Progress, SurveyPlan, SurveySpace } from "../../src/survey/survey-plan.ts";

/** What a target of the world does when it is asked. */
export interface Script {
  readonly answer: Answer;
  readonly takesMs: number;
  readonly again?: AgainReason;
  readonly cards?: readonly Card[];
  readonly signs?: Observation["signs"];
  readonly failure?: Observation["failure"];
}

/** One look as the world saw it. */
export interface Asked {
  readonly atMs: number;
  readonly target: Target;
}

export const SPACIOUS: Limits = {
  rate: 1000,
  perHost: 1000,
  perNetwork: 1000,
  inFlight: 100,
  rescanHours: 0,
  pilot: 10,
  cardsPerHost: 10,
  cardsPerRun: 1000,
};

/** 2026-01-10T00:00:00Z. */
export const BEGAN_MS = 1_768_003_200_000;

/** A world in which time passes only while everybody waits: the engine runs as it is, in any number of virtual seconds. */
export interface World {
  readonly asked: Asked[];
  readonly observations: Observation[];
  readonly cards: Card[];
  readonly requests: RequestEntry[];
  readonly states: ResumeState[];
  readonly progress: Progress[];
  nowMs: number;
  lagMs: number;
  pendingBytes: number;
  memory: Memory;
  hasRoute: boolean;
  run(plan: SurveyPlan, stopAtMs?: number): Promise<SurveyEnd>;
}

/** A world that answers by a script; `order.cards` is asked for each card the script holds. */
export function createWorld(script: (target: Target, world: World) => Script): World {
  const due: { readonly atMs: number; readonly end: () => void }[] = [];
  let isClosed = false;
  const world: World = {
    asked: [],
    observations: [],
    cards: [],
    requests: [],
    states: [],
    progress: [],
    nowMs: 0,
    lagMs: 0,
    pendingBytes: 0,
    memory: { of: () => NEVER_SEEN, agreedCard: () => null },
    hasRoute: true,
    run,
  };

  function look(order: LookOrder): Promise<Look> {
    const told = script(order.target, world);
    world.asked.push({ atMs: world.nowMs, target: order.target });
    const cards = (told.cards ?? []).filter((card) => order.cards?.wants(card.digest, card.server_version) ?? false);
    return new Promise((resolve) => {
      due.push({
        atMs: world.nowMs + told.takesMs,
        end: () => {
          resolve(lookOf(order.target, isClosed ? { ...told, again: "stopped" } : told, cards, world.nowMs));
        },
      });
      due.sort((a, b) => a.atMs - b.atMs);
    });
  }

  /** Passes time to whatever comes first: the end of a look, or the end of the wait. */
  async function wait(ms: number): Promise<void> {
    const untilMs = world.nowMs + Math.max(ms, 0.01);
    const first = due[0];
    if (isClosed) for (const one of due.splice(0)) one.end();
    else if (first !== undefined && first.atMs <= untilMs) {
      world.nowMs = Math.max(world.nowMs, first.atMs);
      due.shift();
      first.end();
    } else {
      if (untilMs === Infinity) throw new Error("the engine waits for nothing, for ever");
      world.nowMs = untilMs;
    }
    await new Promise(setImmediate);
  }

  async function run(plan: SurveyPlan, stopAtMs = Infinity): Promise<SurveyEnd> {
    isClosed = false;
    const stop = new AbortController();
    return survey(
      plan,
      {
        clock: { epochMs: () => BEGAN_MS + world.nowMs, monotonicMs: () => world.nowMs },
        nap: {
          async wait(ms) {
            await wait(ms);
            if (world.nowMs >= stopAtMs) stop.abort();
          },
          wake: () => undefined,
        },
        lagP99Ms: () => world.lagMs,
        looker: { look, inFlight: 0, close: () => (isClosed = true) },
        memory: world.memory,
        hasRoute: () => Promise.resolve(world.hasRoute),
        journal: {
          observation: (observation) => world.observations.push(observation),
          card: (card) => world.cards.push(card),
          request: (entry) => world.requests.push(entry),
          checkpoint: (state) => world.states.push(JSON.parse(JSON.stringify(state)) as ResumeState),
          flush: () => Promise.resolve(),
          get pendingBytes() {
            return world.pendingBytes;
          },
        },
        progress: (progress) => world.progress.push(progress),
      },
      stop.signal,
    );
  }
  return world;
}

/** A plan over a space, everything allowed and spacious where nothing else is said. */
export function planOf(space: SurveySpace, changes: Partial<SurveyPlan> = {}): SurveyPlan {
  return {
    run: "0".repeat(32),
    startedAtMs: BEGAN_MS,
    space,
    fingerprint: "space",
    seed: "seed",
    permutation: createPermutation(space.size, "seed"),
    shard: WHOLE,
    limits: SPACIOUS,
    asksCards: false,
    isPilot: false,
    untilMs: Infinity,
    resume: null,
    ...changes,
  };
}

/** `size` hosts on one port, 256 in each of 10.0.0.0/24, 10.0.1.0/24 … */
export function hosts(size: number): SurveySpace {
  const at = (index: number): Target => ({
    scheme: "auto",
    address: `10.${index >>> 16}.${(index >>> 8) & 255}.${index & 255}`,
    port: 11_434,
    host_name: null,
    base_path: "/",
  });
  return { size, at, admit: () => ({ ok: true }) };
}

function lookOf(target: Target, script: Script, cards: readonly Card[], nowMs: number): Look {
  const service = { ...target, scheme: "http" } as const;
  const request = { ...service, kind: "request", schema: 1, method: "GET", path: "/", run: null } as const;
  const sent = { sent_at: instantOf(BEGAN_MS + nowMs), status: null, failure: null, bytes: 0 };
  const requests = [{ ...request, ...sent }];
  if (script.again !== undefined) return { observation: null, again: script.again, cards: [], requests };
  return { observation: observationOf(service, script, nowMs), again: null, cards, requests };
}

function observationOf(
  service: Omit<Target, "scheme"> & { scheme: "http" },
  script: Script,
  nowMs: number,
): Observation {
  const isNothing = script.answer === "silent" || script.answer === "refused";
  const failure = script.failure ?? (isNothing ? script.answer : null);
  return {
    ...service,
    kind: "observation",
    schema: 1,
    seen_at: instantOf(BEGAN_MS + nowMs),
    run: null,
    vantage: "inside",
    source: "corral",
    answer: script.answer,
    confirmed: script.answer === "open",
    product: null,
    fingerprint: null,
    version: null,
    status: failure === null ? 200 : null,
    failure,
    signs: script.signs ?? [],
    server: null,
    title: null,
    page: null,
    models: null,
    running: null,
    certificate: null,
    country: null,
    region: null,
    city: null,
    asn: null,
    organisation: null,
    labels: null,
    place_source: null,
    requests: 1,
    duration_ms: script.takesMs,
  };
}
