import type { RowsOutput } from "../output.ts";

/** Confirmed hosts per truncated network. */
export const NETWORKS: RowsOutput = {
  kind: "rows",
  id: "networks",
  caption: "Hosts per network",
  definition: "Confirmed hosts by the first 24 bits of an IPv4 or 48 bits of an IPv6 address; the rest is not told.",
  source: "addresses of the observations, truncated (rule R14 of responsible measurement)",
  floorOn: "hosts",
  fullOnly: false,
  columns: [
    { from: "network", name: "network", holds: "text" },
    { from: "hosts", name: "hosts", holds: "number" },
    { from: "open_hosts", name: "without login at last look", holds: "number" },
  ],
  sql: ``,
};
