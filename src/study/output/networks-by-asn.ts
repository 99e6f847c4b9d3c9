import type { SharesOutput } from "../output.ts";

/** Confirmed hosts by AS number. */
export const ASNS: SharesOutput = {
  kind: "shares",
  id: "asns",
  caption: "Hosts per AS number",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Confirmed hosts by AS number, of all confirmed hosts: what the record gives, else a table of networks (sources of places, below). Hosts that neither knows are unknown.",
  source: "AS number of the observation",
  sql: `WITH hosts AS (
  SELECT DISTINCT address, CAST(asn AS VARCHAR) AS place FROM observation WHERE confirmed
), whole AS (
  SELECT COUNT(DISTINCT address) AS hosts,
    COUNT(DISTINCT address) - COUNT(DISTINCT CASE WHEN place IS NOT NULL THEN address END) AS unknown_hosts
  FROM hosts
)
SELECT place AS item, COUNT(DISTINCT address) AS counted, MAX(whole.hosts) AS of_units, MAX(whole.unknown_hosts) AS unknown_units
FROM hosts CROSS JOIN whole WHERE place IS NOT NULL GROUP BY place ORDER BY counted DESC, item`,
};
