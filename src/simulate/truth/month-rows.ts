import { byCount, type Population, rankOf } from "./population.ts";
import type { MonthSums } from "./sums.ts";
import type { TruthRow } from "./truth-record.ts";

const LEADERS = 10;

/** Outputs over looks and months: T6, T6m, T7a, version, CVE and running months. */
export function monthRows({ sums, hosts }: Population): Readonly<Record<string, readonly TruthRow[]>> {
  const months = [...sums.months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
  const leaders = byCount(new Map([...sums.lineages].map(([lineage, one]) => [lineage, one.hosts])))
    .slice(0, LEADERS)
    .map(([lineage]) => lineage);
  return {
    T6: lineageRows({ sums, hosts }),
    T6m: months
      .filter(({ listedHosts }) => listedHosts > 0)
      .flatMap((month) => leaders.map((one) => leaderRow(month, one))),
    T7a: months
      .filter(({ listed }) => listed > 0)
      .map(({ month, listedHosts, listed, models }) => ({
        month,
        hosts: listedHosts,
        observations: listed,
        mean_models: models / listed,
      })),
    "version-months": months.flatMap(({ month, minors, hosts: seen, unreadable }) =>
      [...minors].map(([minor, many]) => ({ month, minor, hosts: many, of_hosts: seen - unreadable })),
    ),
    "cve-months": months.map(({ month, indicated, hosts: seen, unreadable }) => ({
      month,
      indicated,
      of_hosts: seen,
      unknown_hosts: unreadable,
    })),
    "running-months": months.map(({ month, runningListed, runningLooks, running }) => ({
      month,
      observations: runningListed,
      running_observations: runningLooks,
      mean_running: runningListed === 0 ? null : running / runningListed,
    })),
  };
}

function leaderRow({ month, lineages, listedHosts }: MonthSums, lineage: string): TruthRow {
  const hosts = lineages.get(lineage) ?? 0;
  const rank = hosts === 0 ? null : rankOf(hosts, lineages.values());
  return { month, lineage, hosts, of_hosts: listedHosts, rank };
}

function lineageRows({ sums }: Pick<Population, "sums" | "hosts">): TruthRow[] {
  const all = [...sums.lineages.values()];
  return [...sums.lineages].map(([lineage, { observations, hosts, hostDays }]) => {
    const ranks = [
      rankOf(
        observations,
        all.map((one) => one.observations),
      ),
      rankOf(
        hosts,
        all.map((one) => one.hosts),
      ),
      rankOf(
        hostDays,
        all.map((one) => one.hostDays),
      ),
    ] as const;
    return {
      lineage,
      observations,
      hosts,
      host_days: hostDays,
      rank_observations: ranks[0],
      rank_hosts: ranks[1],
      rank_host_days: ranks[2],
      volatility: Math.max(...ranks) - Math.min(...ranks),
    };
  });
}
