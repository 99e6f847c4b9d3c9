import type { Run } from "../model/run.ts";
import { type CalendarDay, calendarOf, isLeftOut } from "./calendar.ts";
import type { CampaignModel } from "./campaign-model.ts";
import { cardText } from "./card-text.ts";
import { type CardRegister, openCardRegister } from "./card-register.ts";
import { overridesText } from "./overrides-text.ts";
import { type Planner, plannerOf } from "./host-plan.ts";
import { headText, otherText, placeText, runningText, runText } from "./line-text.ts";
import { endHost, type LiveHost, liveHost, type LiveService, moveHost, segmentOn } from "./live-host.ts";
import { type Others, othersOf } from "./other-services.ts";
import { createRandom, scatter } from "./random.ts";
import { firstRun, noCounts, RUN_HOURS, type RunCounts, runId, secondRun, SOURCE } from "./run-line.ts";
import { SENDS } from "./segment.ts";
import { type CountedLook, openTruth, type Truth } from "./truth/truth.ts";
import type { TruthRecord } from "./truth/truth-record.ts";

/** How far a campaign is. */
export interface CampaignProgress {
  readonly day: number;
  readonly observations: number;
}

/** What goes beside the lines. */
export interface CampaignEnd {
  readonly truth: TruthRecord;
  readonly overrides: string;
  /** The first source's run of the last day. */
  readonly lastRun: Run;
}

const FLUSH_CHARS = 1 << 20;
const HOUR_MS = 3_600_000;
const EXPIRES_MS = 240_000;
const CARDS_PER_LOOK = 4;
const FIRST = 0;
const SECOND = 1;

/**
 * Writes a campaign as lines of Corral's own format, day by day, in pieces of about a million characters, and counts its truth on the way.
 *
 * @returns The truth of every output of the study, and the overrides of networks without which their tiers are not told.
 */
export function* campaignText(
  model: CampaignModel,
  told: (progress: CampaignProgress) => void = () => undefined,
): Generator<string, CampaignEnd> {
  const walk = openWalk(model);
  let lastRun: Run | null = null;
  for (const day of walk.days) {
    if (day.attempted) lastRun = yield* dayText(walk, day);
    told({ day: day.index, observations: walk.truth.observations() });
  }
  if (lastRun === null) throw new Error("a campaign without a run");
  return { lastRun, truth: walk.truth.finish(walk.register), overrides: overridesText(walk.planner.places.networks) };
}

interface Walk {
  readonly model: CampaignModel;
  readonly days: readonly CalendarDay[];
  readonly planner: Planner;
  readonly hosts: readonly LiveHost[];
  readonly others: Others;
  readonly register: CardRegister;
  readonly truth: Truth;
}

function openWalk(model: CampaignModel): Walk {
  const days = calendarOf(model);
  const beside = model.others.koboldcpp * model.others.koboldcppBeside;
  const more = model.others.login + model.others.denied + model.others.web + model.others.koboldcpp - beside;
  const count = Math.round(model.hosts * more) + 4;
  const planner = plannerOf(model, days, count);
  const seed = Math.floor(createRandom(`${model.seed}/looks`).next() * 2 ** 32);
  const hosts = Array.from({ length: model.hosts }, (_, index) =>
    liveHost(index, planner.host(index), planner.places, seed),
  );
  return {
    model,
    days,
    planner,
    hosts,
    others: othersOf(model, planner.places, hosts, seed),
    register: openCardRegister(),
    truth: openTruth(model, days, hosts),
  };
}

/** The time of a look within its run's hours, `03:04:05.123`, and its milliseconds of the day. */
function timeOf(draw: number, hours: readonly [number, number]): number {
  return hours[0] * HOUR_MS + (draw % ((hours[1] - hours[0]) * HOUR_MS));
}

const TWO = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, "0"));
const THREE = Array.from({ length: 1000 }, (_, at) => String(at).padStart(3, "0"));

function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[ms % 1000]}`;
}

interface DayWork {
  readonly walk: Walk;
  readonly day: CalendarDay;
  readonly run: string;
  readonly dateText: string;
  readonly firstText: string;
  readonly secondText: string;
  readonly counts: RunCounts;
}

function* dayText(walk: Walk, day: CalendarDay): Generator<string, Run> {
  const { model } = walk;
  const run = runId(model, SOURCE, day);
  const second = model.secondSource;
  const work: DayWork = {
    walk,
    day,
    run,
    dateText: `${day.date}T`,
    firstText: runText(run, SOURCE),
    secondText: second === null ? "" : runText(runId(model, second.name, day), second.name),
    counts: noCounts(),
  };
  let text = "";
  for (const host of walk.hosts) {
    const isSeen = host.plan.days[host.next] === day.index;
    if (!isSeen && (host.next === 0 || host.silent >= model.silentLooks)) continue;
    text += isSeen ? seenText(work, host) : silentText(work, host);
    if (text.length < FLUSH_CHARS) continue;
    yield text;
    text = "";
  }
  text += othersText(work);
  const lastOfDay = firstRun(model, day, work.counts);
  text += `${JSON.stringify(lastOfDay)}\n`;
  if (second !== null) text += `${JSON.stringify(secondRun(model, second.name, day))}\n`;
  yield text;
  return lastOfDay;
}

/** Everything that a host shows on a day on which it answers. */
function seenText(work: DayWork, host: LiveHost): string {
  const { walk, day } = work;
  host.next += 1;
  host.silent = 0;
  if (host.plan.moveDay === day.index) moveHost(host, walk.planner.places);
  if (host.plan.loginDay !== null && day.index >= host.plan.loginDay) return closedText(work, host);
  let text = "";
  for (const service of host.services) {
    if (!host.plan.onlySecond) text += lookText(work, host, service, FIRST);
    const looks = walk.model.secondSource?.looks ?? 0;
    const draw = scatter(host.seed, day.index, 900 + service.at) / 2 ** 32;
    if (host.plan.second && (host.plan.onlySecond || draw < looks)) text += lookText(work, host, service, SECOND);
  }
  if (host.next === host.plan.days.length && walk.model.silentLooks === 0) endHost(host);
  return text;
}

function lookText(work: DayWork, host: LiveHost, service: LiveService, source: 0 | 1): string {
  const { walk, day } = work;
  const segment = segmentOn(host, service, day.index);
  const draw = scatter(host.seed, day.index, 10 * source + service.at);
  const ms = timeOf(draw, source === FIRST ? RUN_HOURS.first : RUN_HOURS.second);
  const tells = segment.release.number >= SENDS.running;
  const loaded = tells
    ? loadedOf(host.plan.loaded, scatter(host.seed, day.index, 100 + service.at), service.loadable.length)
    : 0;
  const expiresMs = walk.model.expiryTold ? day.startMs + ms + EXPIRES_MS : null;
  const running = tells ? runningText(service.loadable, loaded, draw >>> 8, expiresMs, segment.release.number) : "null";
  const look: CountedLook = { host, service, segment, day, source, ms, running: tells ? loaded : null };
  walk.truth.look(look);
  const time = timeText(ms);
  const isFirst = source === FIRST;
  if (isFirst) {
    work.counts.answers.open += 1;
    work.counts.requests += 3;
  }
  const line =
    `${service.head}${work.dateText}${time}${isFirst ? work.firstText : work.secondText}` +
    `${isFirst ? service.text : service.secondText}${running}${host.placed}${40 + (draw % 860)}}\n`;
  return isFirst && service.pending.length > 0
    ? line + cardsText(work, host, service, `${work.dateText}${time}Z`)
    : line;
}

/** How many models are loaded: geometric with this mean, never more than there are. */
function loadedOf(mean: number, draw: number, most: number): number {
  if (mean <= 0 || most === 0) return 0;
  return Math.min(most, Math.floor(Math.log((draw + 1) / 2 ** 32) / Math.log(mean / (1 + mean))));
}

function cardsText(work: DayWork, host: LiveHost, service: LiveService, seenAt: string): string {
  const { segment } = service;
  if (segment === null) return "";
  let text = "";
  let shown = 0;
  const left = [...service.pending];
  while (left.length > 0 && shown < CARDS_PER_LOOK) {
    const holding = left.shift();
    if (holding === undefined || !work.walk.register.shows(holding, segment.release, host.part)) continue;
    service.shown ??= new Set();
    service.shown.add(`${holding.digest} ${segment.release.version}`);
    const { address } = host;
    text += cardText(holding, segment.release, {
      address,
      port: service.plan.port,
      seenAt,
      run: work.run,
      source: SOURCE,
    });
    shown += 1;
  }
  service.pending = left;
  work.counts.cards += shown;
  work.counts.requests += shown;
  return text;
}

/** A host that asks for a login now. */
function closedText(work: DayWork, host: LiveHost): string {
  if (host.plan.onlySecond) return "";
  let text = "";
  for (const service of host.services) text += plainLine(work, host, service, "login");
  return text;
}

function silentText(work: DayWork, host: LiveHost): string {
  if (isLeftOut(work.day, host.index) || host.plan.onlySecond) return "";
  host.silent += 1;
  const isSilent = scatter(host.seed, work.day.index, 500) % 10 < 7;
  let text = "";
  for (const service of host.services) text += plainLine(work, host, service, isSilent ? "silent" : "refused");
  return text;
}

function plainLine(
  work: DayWork,
  host: LiveHost,
  service: LiveService,
  answer: "login" | "silent" | "refused",
): string {
  const draw = scatter(host.seed, work.day.index, 600 + service.at);
  work.counts.answers[answer] += 1;
  work.counts.requests += 1;
  work.walk.truth.other(work.day);
  const time = timeText(timeOf(draw, RUN_HOURS.first));
  return `${service.head}${work.dateText}${time}${work.firstText}${otherText(answer)}${host.placed}${40 + (draw % 860)}}\n`;
}

/** Services beside the open ones: logins, refusals, other web servers, emulators of another product. */
function othersText(work: DayWork): string {
  let text = "";
  for (const [at, other] of work.walk.others.entries()) {
    const draw = scatter(other.seed, work.day.index, at);
    const isHere = other.host === null ? draw % 10 < 7 : other.host.plan.days[other.host.next - 1] === work.day.index;
    if (!isHere || isLeftOut(work.day, other.index)) continue;
    const answer = other.answer === "koboldcpp" ? "open" : other.answer;
    work.counts.answers[answer] += 1;
    work.counts.requests += 4;
    work.walk.truth.other(work.day);
    if (other.answer === "koboldcpp") work.walk.truth.emulator(other.address, other.host);
    const placed = other.host === null ? placeText(other.place, 4) : other.host.placed;
    const time = timeText(timeOf(draw >>> 3, RUN_HOURS.first));
    text += `${headText(other.address, other.port)}${work.dateText}${time}${work.firstText}${otherText(other.answer)}${placed}120}\n`;
  }
  return text;
}
