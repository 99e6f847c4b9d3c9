import { NETWORK_TIERS, NETWORK_TYPES } from "../../knowledge/networks/network-kind.ts";
import type { CalendarDay } from "../calendar.ts";
import type { HostFacts } from "./host-facts.ts";
import { countIf, meanOf, openShares, type Population, tallied } from "./population.ts";
import type { TruthRow } from "./truth-record.ts";

type Rows = Readonly<Record<string, readonly TruthRow[]>>;

const PERSISTENCE = ["once", "some", "backbone"] as const;
const PRESENCE = ["one-day", "below-34", "from-34"] as const;
const SIZES = [
  ["0", 0, 0],
  ["1", 1, 1],
  ["2-3", 2, 3],
  ["4-9", 4, 9],
  ["10-19", 10, 19],
  ["20+", 20, Infinity],
] as const;
const UPTIMES = [
  ["0-49", 0, 0.5],
  ["50-79", 0.5, 0.8],
  ["80-89", 0.8, 0.9],
  ["90-99", 0.9, 1],
  ["100", 1, Infinity],
] as const;

/** Outputs that count hosts by what they are: F1, T1 to T5, T7b, uptime, versions, upgrades, other products. */
export function hostRows(
  population: Population,
  days: readonly CalendarDay[],
  emulators: { readonly count: number; readonly alone: number },
): Rows {
  const { hosts } = population;
  const known = (value: (host: HostFacts) => string | null): TruthRow[] => {
    const counts = tallied(hosts, value);
    return openShares(
      counts,
      hosts.length,
      countIf(hosts, (host) => value(host) === null),
    );
  };
  return {
    F1: known(({ country }) => country),
    T1: [scaleRow(hosts, days)],
    T2: classRows(hosts, PERSISTENCE, ({ persistence }) => persistence),
    T2b: classRows(hosts, PRESENCE, ({ presenceClass }) => presenceClass),
    T3a: closedShares(hosts, NETWORK_TYPES, ({ type }) => type),
    T3b: closedShares(hosts, NETWORK_TIERS, ({ tier }) => tier),
    T4: tierRows(hosts),
    T5: regionRows(hosts),
    T7b: SIZES.map(([item, least, most]) => ({
      item,
      counted: countIf(hosts, ({ models }) => models !== null && models >= least && models <= most),
      of_units: hosts.length,
      unknown_units: countIf(hosts, ({ models }) => models === null),
    })),
    uptime: uptimeRows(hosts),
    "uptime-mean": PERSISTENCE.map((persistence) => uptimeMean(hosts, persistence)),
    versions: known(({ release }) => (release.readable ? release.version : null)),
    upgrades: upgradeRows(hosts),
    "other-products":
      emulators.count === 0
        ? []
        : [{ item: "koboldcpp", counted: emulators.count, of_units: hosts.length + emulators.alone, unknown_units: 0 }],
  };
}

function closedShares(
  hosts: readonly HostFacts[],
  items: readonly string[],
  valueOf: (host: HostFacts) => string | null,
): TruthRow[] {
  const unknown = countIf(hosts, (host) => valueOf(host) === null);
  return items.map((item) => ({
    item,
    counted: countIf(hosts, (host) => valueOf(host) === item),
    of_units: hosts.length,
    unknown_units: unknown,
  }));
}

function scaleRow(hosts: readonly HostFacts[], days: readonly CalendarDay[]): TruthRow {
  const attempted = days.filter((day) => day.attempted);
  const span = (attempted.at(-1)?.index ?? -1) - (attempted[0]?.index ?? 0) + 1;
  return {
    observations: hosts.reduce((sum, host) => sum + host.observations, 0),
    hosts: hosts.length,
    countries: new Set(hosts.map(({ country }) => country)).size,
    networks: new Set(hosts.map(({ asn }) => asn)).size,
    days: span,
    attempted_days: attempted.length,
    gap_days: span - attempted.length,
    partial_days: countIf(attempted, ({ partial }) => partial),
    services: hosts.reduce((sum, { services }) => sum + services.length, 0),
  };
}

function classRows<Class extends string>(
  hosts: readonly HostFacts[],
  classes: readonly Class[],
  classOf: (host: HostFacts) => Class | null,
): TruthRow[] {
  const observed = (some: readonly HostFacts[]): number => some.reduce((sum, one) => sum + one.observations, 0);
  return classes.map((one) => {
    const members = hosts.filter((host) => classOf(host) === one);
    return {
      class: one,
      hosts: members.length,
      of_hosts: hosts.length,
      observations: observed(members),
      of_observations: observed(hosts),
    };
  });
}

function tierRows(hosts: readonly HostFacts[]): TruthRow[] {
  const tiers = [...new Set(hosts.map(({ tier }) => tier))];
  return tiers.map((tier) => {
    const members = hosts.filter((host) => host.tier === tier);
    return {
      tier,
      hosts: members.length,
      mean_days: meanOf(members.map(({ days }) => days.length)),
      mean_presence: meanOf(members.map(({ presence }) => presence)),
      mean_uptime: meanOf(members.map(({ uptime }) => uptime)),
      running_hosts: countIf(members, ({ running }) => running !== null && running > 0),
      running_known: countIf(members, ({ running }) => running !== null),
      mean_models: meanOf(members.map(({ models }) => models)),
      models_known: countIf(members, ({ models }) => models !== null),
    };
  });
}

function regionRows(hosts: readonly HostFacts[]): TruthRow[] {
  const cells = tallied(hosts, ({ country, region }) => (region === null ? null : `${country}/${region}`));
  return [...cells].map(([cell, many]) => {
    const [country = "", region = ""] = cell.split("/", 2);
    const members = hosts.filter((host) => host.country === country);
    return {
      country,
      region,
      hosts: many,
      of_hosts: members.length,
      unknown_hosts: countIf(members, (host) => host.region === null),
    };
  });
}

function uptimeRows(hosts: readonly HostFacts[]): TruthRow[] {
  const judged = hosts.filter(({ wholeDays, uptime }) => wholeDays >= 2 && uptime !== null);
  return UPTIMES.map(([item, from, below]) => ({
    item,
    counted: countIf(judged, ({ uptime }) => uptime !== null && uptime >= from && uptime < below),
    of_units: judged.length,
    unknown_units: hosts.length - judged.length,
  }));
}

function uptimeMean(hosts: readonly HostFacts[], persistence: string): TruthRow {
  const members = hosts.filter((host) => host.persistence === persistence);
  const uptimes = members.flatMap(({ uptime }) => (uptime === null ? [] : [uptime])).toSorted((a, b) => a - b);
  const middle = uptimes.length / 2;
  const [lower, upper] = [uptimes[Math.ceil(middle) - 1], uptimes[Math.floor(middle)]];
  const median = lower === undefined || upper === undefined ? null : (lower + upper) / 2;
  return { persistence, hosts: uptimes.length, mean_uptime: meanOf(uptimes), median_uptime: median };
}

function upgradeRows(hosts: readonly HostFacts[]): TruthRow[] {
  const counts = { upgraded: 0, same: 0, downgraded: 0 };
  let others = 0;
  for (const { services } of hosts) {
    for (const { first, last, observations } of services) {
      const by = last.release.number - first.number;
      if (observations < 2 || !first.readable || !last.release.readable) others += 1;
      else counts[by > 0 ? "upgraded" : by === 0 ? "same" : "downgraded"] += 1;
    }
  }
  const known = counts.upgraded + counts.same + counts.downgraded;
  return Object.entries(counts).map(([item, counted]) => ({ item, counted, of_units: known, unknown_units: others }));
}
