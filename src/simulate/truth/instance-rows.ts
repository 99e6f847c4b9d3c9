import type { HostFacts, Instance } from "./host-facts.ts";
import { byCount, countIf, openShares, type Population, rankOf, tallied } from "./population.ts";
import { addOne } from "./sums.ts";
import type { TruthRow } from "./truth-record.ts";

const BANDS = ["<1B", "1-3B", "4-7B", "8-14B", "15-34B", "35-70B", ">70B"] as const;
const LIBRARY_FROM = 20;
const MOST_PAIRS = 200;
const TIER_FORMATS = 5;

/** What servers send for a quantization that they do not know. */
const TELLS_NONE: ReadonlySet<string> = new Set(["", "unknown"]);

/** What an instance tells; `null` = nothing was sent, or it has none. */
export const TRAITS = {
  lineage: ({ model, tells }: Instance): string | null => (tells ? model.lineage : null),
  quantization: ({ model, tells }: Instance): string | null =>
    tells && !TELLS_NONE.has(model.quantization) ? model.quantization : null,
  maker: ({ model, isNamed }: Instance): string | null => (isNamed ? model.maker : null),
  bits: ({ model, tells }: Instance): string | null => (tells && model.bits !== null ? String(model.bits) : null),
  band: ({ model, tells }: Instance): string | null => (tells ? model.band : null),
} as const;

/** Outputs over model instances and lineages: F2, T7c, T8, T9, T10. */
export function instanceRows({ hosts }: Population): Readonly<Record<string, readonly TruthRow[]>> {
  const instances = hosts.flatMap((host) => host.instances);
  const silent = countIf(hosts, tellsNo(TRAITS.quantization));
  return {
    F2: openShares(
      hostsOf(hosts, ({ lineages }) => lineages),
      hosts.length,
      countIf(hosts, tellsNoLineage),
    ),
    T7c: [libraryRow(hosts, instances)],
    T8: pairRows(hosts),
    T9a: openShares(hostsOf(hosts, distinct(TRAITS.quantization)), hosts.length, silent),
    T9b: openShares(
      tallied(instances, TRAITS.bits),
      instances.length,
      countIf(instances, (one) => TRAITS.bits(one) === null),
    ),
    T9c: tierRows(hosts),
    T10: bandRows(hosts),
  };
}

/** Hosts by each of the keys they have. */
function hostsOf(hosts: readonly HostFacts[], keysOf: (host: HostFacts) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const host of hosts) for (const key of keysOf(host)) addOne(counts, key);
  return counts;
}

/** The distinct values of a trait among a host's instances. */
function distinct(trait: (instance: Instance) => string | null): (host: HostFacts) => readonly string[] {
  return ({ instances }) => [...new Set(instances.flatMap((one) => trait(one) ?? []))];
}

/** No list, or instances none of which tells the trait. */
function tellsNo(trait: (instance: Instance) => string | null): (host: HostFacts) => boolean {
  return ({ models, instances }) =>
    models === null || (instances.length > 0 && instances.every((one) => trait(one) === null));
}

function tellsNoLineage({ models, lineages }: HostFacts): boolean {
  return models === null || (models > 0 && lineages.length === 0);
}

function libraryRow(hosts: readonly HostFacts[], instances: readonly Instance[]): TruthRow {
  const libraries = hosts.filter(({ models }) => models !== null && models >= LIBRARY_FROM);
  const held = libraries.flatMap((host) => host.instances);
  return {
    library_hosts: libraries.length,
    of_hosts: hosts.length,
    unknown_hosts: countIf(hosts, ({ models }) => models === null),
    library_instances: held.length,
    of_instances: instances.length,
    library_lineages: tallied(held, TRAITS.lineage).size,
    of_lineages: tallied(instances, TRAITS.lineage).size,
  };
}

function pairRows(hosts: readonly HostFacts[]): TruthRow[] {
  const pairs = new Map<string, number>();
  for (const { lineages } of hosts) {
    for (const [at, one] of lineages.entries()) {
      for (const other of lineages.slice(at + 1)) addOne(pairs, `${one} ${other}`);
    }
  }
  const single = hostsOf(hosts, ({ lineages }) => lineages);
  const listed = countIf(hosts, ({ lineages }) => lineages.length > 0);
  const multi = countIf(hosts, ({ lineages }) => lineages.length > 1);
  return byCount(pairs)
    .slice(0, MOST_PAIRS)
    .map(([pair, both]) => {
      const [one = "", other = ""] = pair.split(" ", 2);
      const [ofOne, ofOther] = [single.get(one) ?? 0, single.get(other) ?? 0];
      return {
        lineage_a: one,
        lineage_b: other,
        hosts: both,
        of_multi: multi,
        of_listed: listed,
        hosts_a: ofOne,
        hosts_b: ofOther,
        lift: (both * listed) / (ofOne * ofOther),
      };
    });
}

function tierRows(hosts: readonly HostFacts[]): TruthRow[] {
  const tiers = new Set(hosts.flatMap(({ tier }) => tier ?? []));
  return [...tiers].flatMap((tier) => {
    const members = hosts.filter((host) => host.tier === tier);
    const formats = hostsOf(members, distinct(TRAITS.quantization));
    const unknown = countIf(members, tellsNo(TRAITS.quantization));
    return byCount(formats)
      .slice(0, TIER_FORMATS)
      .map(([quantization, many]) => ({
        tier,
        quantization,
        hosts: many,
        of_hosts: members.length,
        unknown_hosts: unknown,
        rank: rankOf(many, formats.values()),
      }));
  });
}

function bandRows(hosts: readonly HostFacts[]): TruthRow[] {
  const counts = hostsOf(hosts, distinct(TRAITS.band));
  const unknown = countIf(hosts, tellsNo(TRAITS.band));
  return BANDS.map((item) => ({
    item,
    counted: counts.get(item) ?? 0,
    of_units: hosts.length,
    unknown_units: unknown,
  }));
}
