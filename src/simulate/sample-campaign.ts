import { createHash } from "node:crypto";
import type { Card } from "../model/card.ts";
import { instantOf, epochMsOf, type Instant } from "../model/instant.ts";
import type { Observation } from "../model/observation.ts";
import type { Coverage, Gap, Run } from "../model/run.ts";
import { createRandom, type Random } from "./random.ts";
import { sampleCard } from "./sample-card.ts";
import { type Holding, type SampleHost, sampleHost } from "./sample-host.ts";
import { lookAt } from "./sample-look.ts";

/** Size and time of a campaign. */
export interface CampaignPlan {
  readonly hosts: number;
  readonly days: number;
  /** The first run's day, `2026-06-10`. */
  readonly from: string;
  /** Targets asked in a whole run, the hosts among them; the rest never answer. */
  readonly targets: number;
}

/** The plan of the bundled sample: small enough to load in seconds, wide enough that every table has rows. */
export const SAMPLE_PLAN: CampaignPlan = { hosts: 400, days: 30, from: "2026-06-10", targets: 65_536 };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WITNESSES = 3; // networks in which a card must be seen before it is asked no more
const CARDS_PER_LOOK = 4;

/**
 * A campaign of daily looks at a population that does not exist, as the lines of Corral's own format: each day's observations and
 * cards, then its run. The model: a host lives long, for a while or for a day; runs one of twenty versions and rarely upgrades;
 * holds models of a catalogue; some ask for a login, some only from a day on. One day nobody looked, another day half of it is missing.
 */
export function* sampleCampaign(seed: string, plan: CampaignPlan = SAMPLE_PLAN): Iterable<Observation | Card | Run> {
  const random = createRandom(seed);
  const hosts = Array.from({ length: plan.hosts }, (_, index) =>
    sampleHost(index, plan.days, random.fork(`host ${index}`)),
  );
  const seen = new Set<SampleHost>();
  const witnesses = new Map<string, Set<string>>();
  const startMs = epochMsOf(plan.from) ?? 0;
  const missingDay = Math.floor(plan.days * 0.4);
  const halfDay = Math.floor(plan.days * 0.7);
  for (let day = 0; day < plan.days; day += 1) {
    if (day === missingDay) continue;
    yield* oneRun({
      seed,
      plan,
      hosts,
      seen,
      witnesses,
      startMs,
      day,
      half: day === halfDay,
      random: random.fork(`day ${day}`),
    });
  }
}

interface RunOrder {
  readonly seed: string;
  readonly plan: CampaignPlan;
  readonly hosts: readonly SampleHost[];
  readonly seen: Set<SampleHost>;
  readonly witnesses: Map<string, Set<string>>;
  readonly startMs: number;
  readonly day: number;
  readonly half: boolean;
  readonly random: Random;
}

function* oneRun(order: RunOrder): Iterable<Observation | Card | Run> {
  const { plan, day, random } = order;
  const run = createHash("sha256").update(`${order.seed} run ${day}`).digest("hex").slice(0, 32);
  const runStartMs = order.startMs + day * DAY_MS + 2 * HOUR_MS;
  const asked = order.half ? order.hosts.slice(0, order.hosts.length / 2) : order.hosts;
  const counts = { open: 0, login: 0, denied: 0, refused: 0, silent: 0, other: 0 };
  let requests = 0;
  let cards = 0;
  for (const host of asked) {
    const seenAtMs = runStartMs + random.between(0, 4 * HOUR_MS);
    const look = lookAt(host, { day, run, seenAtMs, startMs: order.startMs, random });
    counts[look.observation.answer] += 1;
    requests += look.observation.requests ?? 0;
    const isRow = look.present || order.seen.has(host);
    if (look.present) order.seen.add(host);
    if (isRow) yield look.observation;
    const shown = look.version === null ? [] : cardsOf(look.observation, look.version, look.held, order.witnesses);
    cards += shown.length;
    requests += shown.length;
    yield* shown;
  }
  const attempted = order.half ? plan.targets / 2 : plan.targets;
  const dead = attempted - asked.length;
  const silent = counts.silent + Math.round(dead * 0.8);
  const coverage: Coverage = {
    targets: plan.targets,
    attempted,
    finished: attempted,
    ...counts,
    silent,
    refused: counts.refused + dead - Math.round(dead * 0.8),
    skipped: 0,
    requests: requests + dead,
    cards,
  };
  const endMs = runStartMs + 4 * HOUR_MS;
  const gap: Gap = { from: instantOf(endMs), to: instantOf(endMs + 4 * HOUR_MS), reason: "interrupted" };
  yield runRow(run, instantOf(runStartMs), instantOf(endMs), coverage, order.half ? [gap] : []);
}

function cardsOf(
  seen: Observation,
  version: { readonly text: string; readonly sends: number },
  held: readonly Holding[],
  witnesses: Map<string, Set<string>>,
): readonly Card[] {
  const cards: Card[] = [];
  for (const holding of held) {
    const key = `${holding.digest} ${version.text}`;
    const networks = witnesses.get(key) ?? new Set();
    const network = networkOf(seen.address);
    const isSettled = networks.size >= WITNESSES || networks.has(network);
    if (holding.model.remote || isSettled || cards.length >= CARDS_PER_LOOK) continue;
    witnesses.set(key, networks.add(network));
    cards.push(sampleCard(seen, version.text, version.sends, holding));
  }
  return cards;
}

/** The /24 of an IPv4, the /48 of an IPv6 address of the sample. */
function networkOf(address: string): string {
  return address.includes(":") ? address.split(":", 3).join(":") : address.split(".", 3).join(".");
}

function runRow(run: string, startedAt: Instant, finishedAt: Instant, coverage: Coverage, gaps: readonly Gap[]): Run {
  return {
    kind: "run",
    schema: 1,
    run,
    source: "corral-sample",
    started_at: startedAt,
    finished_at: finishedAt,
    scope_name: "sample campaign",
    scope_hash: null,
    basis: "statutory",
    operator: "Corral's generator",
    contact: null,
    allowed_by: null,
    vantage: "outside",
    ports: [80, 8_080, 11_434],
    shard: "1/1",
    depth: "cards",
    coverage,
    gaps,
    carries: null,
    synthetic: true,
  };
}
