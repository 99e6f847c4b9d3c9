import type { NetworkTier, NetworkType } from "../../knowledge/networks/network-kind.ts";
import type { PromptClass } from "../../model/prompt-class.ts";
import type { CalendarDay } from "../calendar.ts";
import type { CatalogueModel } from "../campaign-model.ts";
import type { CardRegister } from "../card-register.ts";
import type { Holding } from "../holding.ts";
import type { KnownRelease } from "../releases.ts";
import { SENDS } from "../segment.ts";
import type { HostRecord, ServiceRecord } from "./host-record.ts";
import { WORDS, wordStates } from "./model-state.ts";

/** 1 = yes, 0 = no, `null` = not known. */
export type Known = 0 | 1 | null;

/** A distinct model of a host. */
export interface Instance {
  readonly model: CatalogueModel;
  /** The catalogue's row speaks of it; a copy under another name has no maker. */
  readonly isNamed: boolean;
  /** Whether family, size and quantization were sent. */
  readonly tells: boolean;
}

/** All that is true of a host in the end, as docs/study.md says a host is to be counted. */
export interface HostFacts {
  readonly isDecoy: boolean;
  readonly country: string;
  readonly region: string | null;
  readonly asn: number;
  readonly type: NetworkType | null;
  readonly tier: NetworkTier | null;
  readonly observations: number;
  readonly days: readonly number[];
  readonly wholeDays: number;
  readonly uptime: number | null;
  readonly presence: number | null;
  readonly persistence: "once" | "some" | "backbone";
  readonly presenceClass: "one-day" | "below-34" | "from-34" | null;
  readonly services: readonly ServiceRecord[];
  readonly release: KnownRelease;
  readonly models: number | null;
  readonly running: number | null;
  /** By word, in the order of `WORDS`. */
  readonly has: readonly Known[];
  readonly able: readonly boolean[];
  readonly told: readonly boolean[];
  readonly cardSeen: boolean;
  readonly prompts: ReadonlySet<PromptClass>;
  readonly guardOff: Known;
  readonly rag: Known;
  readonly residential: Known;
  readonly instances: readonly Instance[];
  readonly lineages: readonly string[];
  /** The oldest time of each of its lists. */
  readonly marks: readonly string[];
  readonly sources: readonly [boolean, boolean];
}

const PERSISTENT_ABOVE = 100;
const LONG_PART = 0.34;

/** Works out what is true of a host. */
export function hostFacts(record: HostRecord, days: readonly CalendarDay[], register: CardRegister): HostFacts {
  const { host, observations, isDecoy } = record;
  const { kind, asn } = host.network;
  const capability = capabilitiesOf(record.services, register);
  const residential = kind.tier === null ? null : kind.tier === "telecom-residential" ? 1 : 0;
  const [completion = null, , , , , embedding = null] = capability.has;
  return {
    isDecoy,
    country: host.country,
    region: host.region,
    asn,
    type: kind.type,
    tier: kind.tier,
    observations,
    days: record.days,
    ...staysOf(record.days, days),
    persistence: observations === 1 ? "once" : observations <= PERSISTENT_ABOVE ? "some" : "backbone",
    services: record.services,
    release: lastService(record.services).last.release,
    models: summed(record.services.map(({ last }) => last.entries?.length ?? null)),
    running: summed(record.services.map(({ running }) => running)),
    ...capability,
    rag: completion === 1 && embedding === 1 ? 1 : completion === 0 || embedding === 0 ? 0 : null,
    residential,
    ...promptsOf(record.services, register),
    ...holdsOf(record.services),
    sources: record.sources,
  };
}

type Stays = Pick<HostFacts, "wholeDays" | "uptime" | "presence" | "presenceClass">;

function staysOf(seen: readonly number[], days: readonly CalendarDay[]): Stays {
  const isWhole = (day: CalendarDay | undefined): boolean => day?.attempted === true && !day.partial;
  let wholeDays = 0;
  for (const at of seen) if (isWhole(days[at])) wholeDays += 1;
  let [within, all] = [0, 0];
  const [first, last] = [seen[0] ?? 0, seen.at(-1) ?? 0];
  for (const day of days) {
    if (!isWhole(day)) continue;
    all += 1;
    if (day.index >= first && day.index <= last) within += 1;
  }
  const isLong = wholeDays >= LONG_PART * all;
  return {
    wholeDays,
    uptime: within === 0 ? null : wholeDays / within,
    presence: all === 0 ? null : wholeDays / all,
    presenceClass: all === 0 ? null : seen.length === 1 ? "one-day" : isLong ? "from-34" : "below-34",
  };
}

/** The service observed last; of two at one time the one with the smaller port. */
function lastService(services: readonly ServiceRecord[]): ServiceRecord {
  const [first, ...rest] = services;
  if (first === undefined) throw new Error("a host without a service");
  return rest.reduce((last, one) => {
    const later =
      one.lastDay - last.lastDay || one.lastMs - last.lastMs || last.service.plan.port - one.service.plan.port;
    return later > 0 ? one : last;
  }, first);
}

function summed(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

function capabilitiesOf(
  services: readonly ServiceRecord[],
  register: CardRegister,
): Pick<HostFacts, "has" | "able" | "told"> {
  const had = WORDS.map(() => false);
  const told = WORDS.map(() => false);
  const able = WORDS.map(() => false);
  const unknown = WORDS.map(() => false);
  for (const { last, service } of services) {
    if (last.entries === null) unknown.fill(true);
    for (const entry of last.entries ?? []) {
      const key = `${entry.digest} ${last.release.version}`;
      const hasCard = register.agreed(entry.digest, last.release.version) || service.shown?.has(key) === true;
      for (const [at, state] of wordStates(entry, last.release, hasCard).entries()) {
        had[at] ||= state === "told" || state === "inferred";
        told[at] ||= state === "told";
        able[at] ||= state === "told" || state === "absent";
        unknown[at] ||= state === "unknown";
      }
    }
  }
  return { has: WORDS.map((_, at) => (had[at] === true ? 1 : unknown[at] === true ? null : 0)), able, told };
}

function promptsOf(
  services: readonly ServiceRecord[],
  register: CardRegister,
): Pick<HostFacts, "cardSeen" | "prompts" | "guardOff"> {
  const prompts = new Set<PromptClass>();
  let [cardSeen, isOff] = [false, false];
  for (const { last, service } of services) {
    const own = new Set([...(service.shown ?? [])].map((key) => key.slice(0, 64)));
    for (const { digest, prompt, model } of last.entries ?? []) {
      if (!register.agreedAtAll(digest) && !own.has(digest)) continue;
      cardSeen = true;
      if (prompt !== "none") prompts.add(prompt);
      isOff ||= prompt === "guard-off" || model.templateClass === "guard-off";
    }
  }
  return { cardSeen, prompts, guardOff: cardSeen ? (isOff ? 1 : 0) : null };
}

function holdsOf(services: readonly ServiceRecord[]): Pick<HostFacts, "instances" | "lineages" | "marks"> {
  const byDigest = new Map<string, { readonly holding: Holding; readonly tells: boolean }>();
  const marks = new Set<string>();
  for (const { last } of services) {
    const tells = last.release.number >= SENDS.details;
    let mark: string | null = null;
    for (const holding of last.entries ?? []) {
      if (mark === null || holding.stamp < mark) mark = holding.stamp;
      if (holding.model.cloud) continue;
      const known = byDigest.get(holding.digest);
      if (known === undefined || holding.name < known.holding.name) byDigest.set(holding.digest, { holding, tells });
    }
    if (mark !== null) marks.add(mark);
  }
  return {
    instances: [...byDigest.values()].map(({ holding, tells }) => ({
      model: holding.model,
      isNamed: holding.name === holding.model.name,
      tells,
    })),
    lineages: [...new Set(services.flatMap((one) => one.lineages))].toSorted(),
    marks: [...marks],
  };
}
