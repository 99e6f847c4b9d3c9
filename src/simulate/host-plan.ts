import type { CalendarDay } from "./calendar.ts";
import { SAMPLE_STAMPS } from "../knowledge/decoy-signs.ts";
import type { CampaignModel, CatalogueModel, Life, Profile } from "./campaign-model.ts";
import { type Catalogue, catalogueOf, type Holding, holdingsOf, sha256 } from "./holding.ts";
import { daysOf } from "./life.ts";
import { type Places, placesOf } from "./places.ts";
import { chosen, dealt } from "./quota.ts";
import { createRandom, type Random } from "./random.ts";
import { type KnownRelease, knownReleases, versionNumber } from "./releases.ts";
import { epochMsOf } from "../model/instant.ts";
import { type Step, timelineOf } from "./timeline.ts";

/** One Ollama of a host: where it listens, what it runs and holds. */
export interface ServicePlan {
  readonly port: number;
  readonly steps: readonly Step[];
  readonly holdings: readonly Holding[];
  /** Whether its list is never told. */
  readonly unlisted: boolean;
}

/** What makes a planted decoy one: a strong published sign. */
export type DecoyManner = "sample-stamps" | "name-digests" | "same-body";
const DECOY_MANNERS: readonly DecoyManner[] = ["sample-stamps", "name-digests", "same-body"];

/** One host that answers strangers. */
export interface HostPlan {
  readonly services: readonly ServicePlan[];
  /** The days on which it answers, rising. */
  readonly days: readonly number[];
  /** Mean number of models loaded at a look. */
  readonly loaded: number;
  readonly decoy: DecoyManner | null;
  /** The day from which it asks for a login; `null` = never. */
  readonly loginDay: number | null;
  /** The day from which it lies in another network; `null` = never. */
  readonly moveDay: number | null;
  /** An emulator of another product beside it. */
  readonly beside: boolean;
  /** Whether the second source sees it, and only that. */
  readonly second: boolean;
  readonly onlySecond: boolean;
}

/** Plans one host after the other. */
export interface Planner {
  readonly places: Places;
  readonly releases: readonly KnownRelease[];
  host(index: number): HostPlan;
}

interface Hands {
  readonly lives: Uint16Array;
  readonly decoys: Uint16Array;
  readonly logins: Uint16Array;
  readonly moves: Uint16Array;
  readonly moved: Uint16Array;
  readonly seconds: Uint16Array;
  readonly second: Uint16Array;
  readonly only: Uint16Array;
  readonly beside: Uint16Array;
  readonly unlisted: Uint16Array;
  readonly extras: ReadonlyMap<number, readonly CatalogueModel[]>;
}

/** Draws everything that is dealt in exact proportion, and gives the planner of the rest; `places` has room for `others` more hosts. */
export function plannerOf(model: CampaignModel, days: readonly CalendarDay[], others: number): Planner {
  const catalogue = catalogueOf(model.models);
  const releases = knownReleases(model.versions);
  const releasedMs = new Map(releases.map((release) => [release, epochMsOf(release.released) ?? 0]));
  const places = placesOf(model, model.hosts + others);
  const hands = handsOf(model, catalogue);
  const started = days[0]?.startMs ?? 0;
  const context: Context = { model, days, catalogue, releases, releasedMs, places, hands, started };
  let before: HostPlan | null = null;
  return {
    places,
    releases,
    host: (index) => {
      before = planHost(context, index, before);
      return before;
    },
  };
}

interface Context {
  readonly model: CampaignModel;
  readonly days: readonly CalendarDay[];
  readonly catalogue: Catalogue;
  readonly releases: readonly KnownRelease[];
  readonly releasedMs: ReadonlyMap<KnownRelease, number>;
  readonly places: Places;
  readonly hands: Hands;
  readonly started: number;
}

function handsOf(model: CampaignModel, { byName }: Catalogue): Hands {
  const { hosts } = model;
  const random = createRandom(`${model.seed}/hands`);
  const part = (name: string, share: number): Uint16Array => chosen(hosts, share, random.fork(name));
  const extras = new Map<number, readonly CatalogueModel[]>();
  const many = model.extras.map((extra) => Math.min(extra.hosts, hosts));
  const rest = Math.max(0, hosts - many.reduce((sum, one) => sum + one, 0));
  for (const [host, hand] of dealt(hosts, [rest, ...many], random.fork("extras")).entries()) {
    const one = byName.get(model.extras[hand - 1]?.model ?? "");
    if (one !== undefined) extras.set(host, [one]);
  }
  const { secondSource, others } = model;
  return {
    lives: dealt(
      hosts,
      model.lives.map(({ share }) => share),
      random.fork("lives"),
    ),
    decoys: part("decoys", model.decoys),
    logins: part("logins", model.logins),
    moves: part("network changes", model.networkChanges),
    moved: part("moved", model.moved),
    seconds: part("second services", model.secondServices),
    second: part("second source", secondSource?.share ?? 0),
    only: part("only second source", secondSource?.only ?? 0),
    beside: part("emulators beside", others.koboldcpp * others.koboldcppBeside),
    unlisted: part("unlisted", model.inventory.unlisted),
    extras,
  };
}

function planHost(context: Context, index: number, before: HostPlan | null): HostPlan {
  const { model, hands, places } = context;
  const random = createRandom(`${model.seed}/host ${index}`);
  const life = model.lives[hands.lives[index] ?? 0];
  if (life === undefined) throw new Error("no life");
  const days = daysOf(life, index, context.days, random);
  const decoy = hands.decoys[index] === 1 ? (DECOY_MANNERS[random.between(0, 2)] ?? null) : null;
  const order: ServiceOrder = { context, index, life, days, decoy, random };
  const { service, profile } = firstService(order, before);
  const firstDay = days[0] ?? 0;
  const later = (chance: boolean): number | null =>
    chance && days.length > 2 ? (days[random.between(1, days.length - 1)] ?? null) : null;
  const second = decoy === null && hands.seconds[index] === 1 ? secondService(order, service, profile) : null;
  return {
    services: second === null ? [service] : [service, second],
    days,
    loaded: decoy === null ? (profile.loaded ?? places.network(index).kind.loaded) : 0,
    decoy,
    loginDay: later(hands.logins[index] === 1 && decoy === null),
    moveDay: later(hands.moves[index] === 1 && firstDay >= 0),
    beside: hands.beside[index] === 1,
    second: decoy === null && (hands.second[index] === 1 || hands.only[index] === 1),
    onlySecond: decoy === null && hands.only[index] === 1,
  };
}

interface ServiceOrder {
  readonly context: Context;
  readonly index: number;
  readonly life: Life;
  readonly days: readonly number[];
  readonly decoy: DecoyManner | null;
  readonly random: Random;
}

interface Stay {
  readonly steps: readonly Step[];
  readonly lastVersion: number;
}

function stayOf({ context, days, decoy, random }: ServiceOrder): Stay {
  const { model, releases, releasedMs } = context;
  const first = context.days[days[0] ?? 0];
  const last = context.days[days.at(-1) ?? 0];
  if (first === undefined || last === undefined) throw new Error("a host without days");
  const whole = timelineOf(model, releases, { first, last }, context.days, releasedMs, random);
  const steps = decoy === null ? whole : whole.slice(0, 1);
  return { steps, lastVersion: steps.at(-1)?.release.number ?? 0 };
}

function firstService(order: ServiceOrder, before: HostPlan | null): { service: ServicePlan; profile: Profile } {
  const { context, index, random, decoy } = order;
  const { model, hands } = context;
  const { steps, lastVersion } = stayOf(order);
  const profile = profileOf(model.profiles, order.life, lastVersion, random);
  const drawn = holdingsOf(
    {
      model,
      profile: decoy === null ? profile : { ...profile, sizes: [{ models: [3, 6], share: 1 }] },
      lastVersion,
      startMs: context.started,
      owner: `host ${index}`,
      random,
      extras: hands.extras.get(index) ?? [],
    },
    context.catalogue,
  );
  const honest = hands.moved[index] === 1 ? movedFrom(before, drawn, order.days[0] ?? 0) : drawn;
  const holdings = decoy === null ? honest : disguised(drawn, decoy);
  const unlisted = decoy === null && hands.unlisted[index] === 1;
  return { service: { port: random.shared(model.ports).port, steps, holdings, unlisted }, profile };
}

/** A second Ollama of the host: as old as the first, with a list of its own. */
function secondService(order: ServiceOrder, first: ServicePlan, profile: Profile): ServicePlan | null {
  const { context, index, random } = order;
  const { steps, lastVersion } = stayOf(order);
  const oldest = Math.min(...[...steps, ...first.steps].map(({ release }) => release.number));
  if (oldest < DETAILS_SINCE) return null;
  const holdings = holdingsOf(
    {
      model: context.model,
      profile,
      lastVersion,
      startMs: context.started,
      owner: `host ${index}b`,
      random,
      extras: [],
    },
    context.catalogue,
  );
  return { port: first.port === 8080 ? 11_434 : 8080, steps, holdings, unlisted: false };
}

const DETAILS_SINCE = versionNumber("0.1.21");

function profileOf(profiles: readonly Profile[], life: Life, lastVersion: number, random: Random): Profile {
  const open = profiles.filter(({ since }) => since === null || versionNumber(since) <= lastVersion);
  const choices = open.map((profile) => ({
    profile,
    share: profile.share * (Object.hasOwn(profile.lives, life.name) ? (profile.lives[life.name] ?? 1) : 1),
  }));
  return random.shared(choices).profile;
}

/** The same machine under a new address: its oldest model bears the time of the oldest one there. */
function movedFrom(before: HostPlan | null, holdings: readonly Holding[], firstDay: number): readonly Holding[] {
  const mark = before?.services[0]?.holdings.findLast(({ fromDay }) => fromDay === 0)?.stamp;
  const isLater = before !== null && before.decoy === null && (before.days.at(-1) ?? 0) < firstDay;
  const own = holdings.findLast(({ fromDay }) => fromDay === 0);
  if (!isLater || mark === undefined || own === undefined || holdings.length < 2) return holdings;
  const marked = holdings.map((holding) => (holding === own ? { ...own, stamp: mark } : holding));
  return marked.toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1));
}

function disguised(drawn: readonly Holding[], manner: DecoyManner): readonly Holding[] {
  const holdings = drawn.map((holding) => ({ ...holding, fromDay: 0 }));
  switch (manner) {
    case "sample-stamps":
      return holdings.map((holding, at) => (at < 2 ? { ...holding, stamp: SAMPLE_STAMPS[at] ?? "" } : holding));
    case "name-digests":
      return holdings.map((holding) => ({ ...holding, digest: sha256(holding.name) }));
    case "same-body":
      return holdings;
  }
}
