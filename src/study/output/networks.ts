import type { Row } from "../../store/snapshot.ts";
import type { RowsOutput } from "../output.ts";
import { truncatedNetwork } from "../truncated-network.ts";

/** Confirmed hosts per truncated network. */
export const NETWORKS: RowsOutput = {
  kind: "rows",
  id: "networks",
  caption: "Hosts per network",
  definition: "Confirmed hosts by the first 24 bits of an IPv4 or 48 bits of an IPv6 address.",
  source: "addresses of the observations, truncated (rule R14 of responsible measurement)",
  floorOn: "hosts",
  fullOnly: false,
  columns: [
    { from: "network", name: "network", holds: "text" },
    { from: "hosts", name: "hosts", holds: "number" },
    { from: "of_hosts", name: "of", holds: "number" },
  ],
  complete: byNetwork,
  sql: `SELECT DISTINCT address FROM observation WHERE confirmed ORDER BY address`,
};

/** Counts addresses per network; the addresses themselves go no further. */
function byNetwork(rows: readonly Row[]): readonly Row[] {
  const hosts = new Map<string, number>();
  for (const { address } of rows) {
    const network = truncatedNetwork(typeof address === "string" ? address : "");
    hosts.set(network, (hosts.get(network) ?? 0) + 1);
  }
  return [...hosts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([network, counted]) => ({ network, hosts: counted, of_hosts: rows.length }));
}
