import type { Card } from "../model/card.ts";
import { ANSWERS, type Answer, type Observation } from "../model/observation.ts";
import type { Run } from "../model/run.ts";
import { serviceKey } from "../model/service.ts";

/** What a campaign holds, counted line by line and without any database: the figures a report of it must show. */
export interface CampaignTruth {
  readonly observations: number;
  readonly confirmed: number;
  readonly runs: number;
  readonly attempted: number;
  readonly services: number;
  readonly hosts: number;
  /** UTC dates with an observation → distinct confirmed addresses. */
  readonly hostsByDay: ReadonlyMap<string, number>;
  /** Every service by its last answer. */
  readonly servicesByAnswer: ReadonlyMap<Answer, number>;
  /** Hosts by what the last confirmed look at their services shows; a host counts once per key. */
  readonly hostsByVersion: ReadonlyMap<string, number>;
  readonly hostsByModel: ReadonlyMap<string, number>;
  readonly hostsByFamily: ReadonlyMap<string, number>;
  readonly hostsByQuantization: ReadonlyMap<string, number>;
  /** Hosts whose confirmed lists show no family at all though they are not empty, or were not seen. */
  readonly hostsWithoutFamily: number;
  readonly hostsByCountry: ReadonlyMap<string, number>;
  /** Confirmed hosts one of whose services answered without a login at its last look. */
  readonly hostsWithoutLogin: number;
  /** The same hosts by the versions named then. */
  readonly openHostsByVersion: ReadonlyMap<string, number>;
  /** Hosts by how many models their last confirmed lists hold together. */
  readonly hostsByInventorySize: ReadonlyMap<number, number>;
  /** Pairs of host and digest, cloud stubs left out, by format as sent; `""` = not told. */
  readonly instancesByQuantization: ReadonlyMap<string, number>;
  /** Hosts with a model whose list, or whose card (its own, or one shown in three networks), has the word `tools`. */
  readonly hostsAdvertisingTools: number;
}

/** Counts the lines of a campaign. */
export function countTruth(lines: Iterable<Observation | Card | Run>): CampaignTruth {
  const last = new Map<string, Observation>();
  const lastConfirmed = new Map<string, Observation>();
  const days = new Map<string, Set<string>>();
  const countries = new Map<string, Set<string>>();
  const cards: Card[] = [];
  const totals = { observations: 0, confirmed: 0, runs: 0, attempted: 0 };
  for (const line of lines) {
    if (line.kind === "run") {
      totals.runs += 1;
      totals.attempted += line.coverage?.attempted ?? 0;
    }
    if (line.kind === "card") cards.push(line);
    if (line.kind !== "observation") continue;
    totals.observations += 1;
    const key = serviceKey(line);
    keepLater(last, key, line);
    const day = days.get(line.seen_at.slice(0, 10)) ?? new Set();
    days.set(line.seen_at.slice(0, 10), day);
    if (!line.confirmed) continue;
    totals.confirmed += 1;
    day.add(line.address);
    keepLater(lastConfirmed, key, line);
    if (line.country !== null) addTo(countries, line.country, line.address);
  }
  const confirmedHosts = new Set([...lastConfirmed.values()].map((one) => one.address));
  const open = [...last.values()].filter((one) => one.answer === "open" && one.confirmed && one.product === "ollama");
  return {
    ...totals,
    services: lastConfirmed.size,
    hosts: confirmedHosts.size,
    hostsByDay: sizes(days),
    servicesByAnswer: new Map(
      ANSWERS.map((answer) => [answer, [...last.values()].filter((one) => one.answer === answer).length]),
    ),
    ...countHeld([...lastConfirmed.values()]),
    hostsByCountry: sizes(countries),
    hostsWithoutLogin: new Set(open.map((one) => one.address)).size,
    openHostsByVersion: tally(open.map((one) => one.version ?? "")),
    ...countModels([...lastConfirmed.values()], cards),
  };
}

type Held = Pick<
  CampaignTruth,
  "hostsByVersion" | "hostsByModel" | "hostsByFamily" | "hostsByQuantization" | "hostsWithoutFamily"
>;

function countHeld(looks: readonly Observation[]): Held {
  const versions = new Map<string, Set<string>>();
  const models = new Map<string, Set<string>>();
  const families = new Map<string, Set<string>>();
  const quantizations = new Map<string, Set<string>>();
  const known = new Set<string>();
  for (const look of looks) {
    if (look.version !== null) addTo(versions, look.version, look.address);
    if (look.models?.length === 0) known.add(look.address);
    for (const model of look.models ?? []) {
      addTo(models, model.name, look.address);
      const family = model.details?.family ?? "";
      if (family !== "" && family !== "koboldcpp") {
        addTo(families, family, look.address);
        known.add(look.address);
      }
      const quantization = model.details?.quantization_level ?? "";
      if (quantization !== "") addTo(quantizations, quantization, look.address);
    }
  }
  return {
    hostsByVersion: sizes(versions),
    hostsByModel: sizes(models),
    hostsByFamily: sizes(families),
    hostsByQuantization: sizes(quantizations),
    hostsWithoutFamily: new Set(looks.map((look) => look.address).filter((address) => !known.has(address))).size,
  };
}

type Models = Pick<CampaignTruth, "hostsByInventorySize" | "instancesByQuantization" | "hostsAdvertisingTools">;

/** Counts where a host has one service, as in the sample. */
function countModels(looks: readonly Observation[], cards: readonly Card[]): Models {
  const instances = new Map<string, string>();
  const shown = new Map<string, Set<string>>();
  for (const card of cards.filter((one) => one.capabilities?.includes("tools"))) {
    const key = `${card.digest} ${card.server_version}`;
    addTo(shown, key, card.address.split(/[.:]/u).slice(0, 3).join("."));
    addTo(shown, `${key} ${card.address}`, "its own");
  }
  const tools = new Set<string>();
  for (const { address, version, models } of looks) {
    for (const model of models ?? []) {
      if (model.remote_host === null)
        instances.set(`${address} ${model.digest}`, model.details?.quantization_level ?? "");
      const key = `${model.digest} ${version}`;
      const isShown = (shown.get(key)?.size ?? 0) >= 3 || shown.has(`${key} ${address}`);
      if (isShown || model.capabilities?.includes("tools")) tools.add(address);
    }
  }
  return {
    hostsByInventorySize: tally(looks.map((look) => look.models?.length ?? -1)),
    instancesByQuantization: tally([...instances.values()]),
    hostsAdvertisingTools: tools.size,
  };
}

function tally<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function keepLater(kept: Map<string, Observation>, key: string, line: Observation): void {
  const earlier = kept.get(key);
  if (earlier === undefined || earlier.seen_at < line.seen_at) kept.set(key, line);
}

function addTo(sets: Map<string, Set<string>>, key: string, member: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(member));
}

function sizes(sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  return new Map([...sets].map(([key, set]) => [key, set.size]));
}
