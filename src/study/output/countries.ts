import type { SharesOutput } from "../output.ts";

/** Confirmed hosts by country: output F1. */
export const COUNTRIES: SharesOutput = {
  kind: "shares",
  id: "countries",
  caption: "Hosts per country",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Confirmed hosts by country, of all confirmed hosts (not of the first ten): what the record gives, else a table of networks (sources of places, below). Hosts that neither knows are unknown.",
  source: "country code (ISO 3166) of the observation; output F1 of the 2026 study",
  sql: `WITH hosts AS (
  SELECT DISTINCT address, country AS place FROM observation WHERE confirmed
), whole AS (
  SELECT COUNT(DISTINCT address) AS hosts,
    COUNT(DISTINCT address) - COUNT(DISTINCT CASE WHEN place IS NOT NULL THEN address END) AS unknown_hosts
  FROM hosts
)
SELECT place AS item, COUNT(DISTINCT address) AS counted, MAX(whole.hosts) AS of_units, MAX(whole.unknown_hosts) AS unknown_units
FROM hosts CROSS JOIN whole WHERE place IS NOT NULL GROUP BY place ORDER BY counted DESC, item`,
};
