import type { HostFacts } from "./host-facts.ts";
import { addOne, monthOf, noSums, type Sums } from "./sums.ts";
import type { TruthRow } from "./truth-record.ts";

/** The hosts that a set of rows counts: all, or all but the planted decoys. */
export interface Population {
  readonly name: "all" | "without-decoys";
  readonly hosts: readonly HostFacts[];
  readonly sums: Sums;
}

/** The sums of both together. */
export function mergedSums(parts: readonly Sums[]): Sums {
  const whole = noSums();
  for (const part of parts) {
    for (const [lineage, sums] of part.lineages) {
      const made = whole.lineages.get(lineage) ?? { observations: 0, hosts: 0, hostDays: 0 };
      made.observations += sums.observations;
      made.hosts += sums.hosts;
      made.hostDays += sums.hostDays;
      whole.lineages.set(lineage, made);
    }
    for (const [name, sums] of part.months) {
      const month = monthOf(whole, name);
      for (const [minor, many] of sums.minors) addOne(month.minors, minor, many);
      for (const [lineage, many] of sums.lineages) addOne(month.lineages, lineage, many);
      month.hosts += sums.hosts;
      month.listedHosts += sums.listedHosts;
      month.listed += sums.listed;
      month.models += sums.models;
      month.runningListed += sums.runningListed;
      month.runningLooks += sums.runningLooks;
      month.running += sums.running;
      month.indicated += sums.indicated;
      month.unreadable += sums.unreadable;
    }
  }
  return whole;
}

/** Rows of shares of a list that is not closed: what was counted. */
export function openShares(counts: ReadonlyMap<string, number>, ofUnits: number, unknownUnits: number): TruthRow[] {
  return byCount(counts).map(([item, counted]) => ({ item, counted, of_units: ofUnits, unknown_units: unknownUnits }));
}

/** Most first; equal counts by the alphabet. */
export function byCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

/** Rank of a count among others: 1 = most, equal counts share the smaller. */
export function rankOf(count: number, all: Iterable<number>): number {
  let rank = 1;
  for (const other of all) if (other > count) rank += 1;
  return rank;
}

/** The mean; `null` of nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  let [sum, many] = [0, 0];
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    many += 1;
  }
  return many === 0 ? null : sum / many;
}

/** How many fit. */
export function countIf<T>(items: readonly T[], fits: (item: T) => boolean): number {
  let many = 0;
  for (const item of items) if (fits(item)) many += 1;
  return many;
}

/** How many there are of each key; keys that are `null` are left out. */
export function tallied<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) addOne(counts, key);
  }
  return counts;
}
