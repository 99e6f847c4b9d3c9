import type { HostFacts, Instance } from "./host-facts.ts";
import { TRAITS } from "./instance-rows.ts";
import { byCount, countIf, type Population, tallied } from "./population.ts";
import type { TruthRow } from "./truth-record.ts";

const HUNDREDTHS = 100;
const NORMAL_95 = 1.96;

/** Outputs over how much is held by how few: concentration, gini, monoculture, governance, machines, capture–recapture. */
export function pluralityRows(
  { hosts }: Population,
  sources: readonly [string, string | null],
): Readonly<Record<string, readonly TruthRow[]>> {
  const instances = hosts.flatMap((host) => host.instances);
  const byNetwork = tallied(hosts, ({ asn }) => String(asn));
  const byMaker = tallied(instances, TRAITS.maker);
  const observations = hosts.map((host) => host.observations);
  return {
    concentration: curveRows(observations),
    gini: [
      { measure: "observations", units: hosts.length, gini: giniOf(observations) },
      { measure: "hosts", units: byNetwork.size, gini: giniOf([...byNetwork.values()]) },
    ],
    monoculture: monocultureRows(hosts),
    governance: [halfRow("networks", byNetwork), halfRow("makers", byMaker)],
    machines: [machineRow(hosts)],
    "capture-recapture": hosts.length === 0 ? [] : [captureRow(hosts, sources)],
  };
}

function curveRows(observations: readonly number[]): TruthRow[] {
  const sorted = observations.toSorted((a, b) => b - a);
  const all = sorted.reduce((sum, one) => sum + one, 0);
  const rows: TruthRow[] = [];
  let soFar = 0;
  let done = 0;
  for (let percentile = 1; percentile <= HUNDREDTHS; percentile += 1) {
    const until = Math.floor((percentile * sorted.length) / HUNDREDTHS);
    if (until === done) continue;
    while (done < until) {
      soFar += sorted[done] ?? 0;
      done += 1;
    }
    rows.push({ percentile, hosts: done, observations: soFar, of_observations: all });
  }
  return rows;
}

function giniOf(amounts: readonly number[]): number | null {
  const sorted = amounts.toSorted((a, b) => a - b);
  const count = sorted.length;
  if (count === 0) return null;
  let [whole, weighted] = [0, 0];
  for (const [at, amount] of sorted.entries()) {
    whole += amount;
    weighted += (at + 1) * amount;
  }
  return (2 * weighted) / (count * whole) - (count + 1) / count;
}

function monocultureRows(hosts: readonly HostFacts[]): TruthRow[] {
  const listing = hosts.filter(({ models }) => models !== null && models > 0);
  const groups: { readonly kind: string; readonly name: string; readonly members: HostFacts[] }[] = [];
  const cells = new Map<string, HostFacts[]>();
  const add = (kind: string, name: string, host: HostFacts): void => {
    const key = `${kind} ${name}`;
    const known = cells.get(key);
    if (known !== undefined) known.push(host);
    else {
      const members = [host];
      cells.set(key, members);
      groups.push({ kind, name, members });
    }
  };
  for (const host of listing) {
    add("all", "all", host);
    if (host.tier !== null) add("tier", host.tier, host);
    add("country", host.country, host);
  }
  const dimensions = ["lineage", "quantization", "maker"] as const;
  return dimensions.flatMap((dimension) =>
    groups.flatMap(({ kind, name, members }) => {
      if (members.every(({ instances }) => instances.length === 0)) return [];
      return [{ dimension, group_kind: kind, group_name: name, ...pluralityOf(members, TRAITS[dimension]) }];
    }),
  );
}

function pluralityOf(hosts: readonly HostFacts[], trait: (instance: Instance) => string | null): TruthRow {
  const instances = hosts.flatMap((host) => host.instances);
  const counts = tallied(instances, trait);
  let told = 0;
  for (const many of counts.values()) told += many;
  let [entropy, squares] = [0, 0];
  for (const many of counts.values()) {
    entropy -= (many / told) * Math.log(many / told);
    squares += (many / told) ** 2;
  }
  const [top] = byCount(counts);
  const isTold = told > 0;
  return {
    hosts: hosts.length,
    instances: told,
    unknown_instances: instances.length - told,
    distinct_values: counts.size,
    effective_number: isTold ? Math.exp(entropy) : null,
    hhi: isTold ? squares : null,
    top_value: top?.[0] ?? null,
    top_share: top === undefined ? null : top[1] / told,
    top_hosts: top === undefined ? 0 : countIf(hosts, (host) => host.instances.some((one) => trait(one) === top[0])),
  };
}

function halfRow(measure: string, counts: ReadonlyMap<string, number>): TruthRow {
  const sizes = [...counts.values()].toSorted((a, b) => b - a);
  const total = sizes.reduce((sum, one) => sum + one, 0);
  let [soFar, half] = [0, 0];
  while (2 * soFar < total) {
    soFar += sizes[half] ?? 0;
    half += 1;
  }
  return { measure, units: sizes.length, half_units: total === 0 ? null : half, total };
}

function machineRow(hosts: readonly HostFacts[]): TruthRow {
  const stamped = hosts.filter(({ marks }) => marks.length > 0);
  const distinct = new Set(stamped.flatMap(({ marks }) => marks)).size;
  const pairs = stamped.reduce((sum, { marks }) => sum + marks.length, 0);
  return {
    addresses: hosts.length,
    stamped_addresses: stamped.length,
    lower: hosts.length === 0 ? 0 : Math.max(1, distinct),
    upper: pairs + hosts.length - stamped.length,
  };
}

function captureRow(hosts: readonly HostFacts[], [first, second]: readonly [string, string | null]): TruthRow {
  const one = { name: first, seen: countIf(hosts, ({ sources }) => sources[0]) };
  const other = { name: second, seen: countIf(hosts, ({ sources }) => sources[1]) };
  if (second === null || one.seen === 0 || other.seen === 0) {
    const only = one.seen === 0 ? other : one;
    return {
      source_a: only.name,
      source_b: null,
      seen_a: only.seen,
      seen_b: null,
      seen_both: null,
      chapman: null,
      low: null,
      high: null,
    };
  }
  const isFirst = one.seen > other.seen || (one.seen === other.seen && first < second);
  const [a, b] = isFirst ? [one, other] : [other, one];
  const both = countIf(hosts, ({ sources }) => sources[0] && sources[1]);
  const chapman = ((a.seen + 1) * (b.seen + 1)) / (both + 1) - 1;
  const variance = ((a.seen + 1) * (b.seen + 1) * (a.seen - both) * (b.seen - both)) / ((both + 1) ** 2 * (both + 2));
  const margin = NORMAL_95 * Math.sqrt(variance);
  return {
    source_a: a.name,
    source_b: b.name,
    seen_a: a.seen,
    seen_b: b.seen,
    seen_both: both,
    chapman,
    low: Math.max(chapman - margin, a.seen + b.seen - both),
    high: chapman + margin,
  };
}
