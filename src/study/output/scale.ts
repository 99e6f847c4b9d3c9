import type { NumbersOutput } from "../output.ts";

/** How much was seen: the summary T1. */
export const SCALE: NumbersOutput = {
  kind: "numbers",
  id: "scale",
  caption: "Scale",
  definition:
    "An observation is one look at one service in one run; it is confirmed when the service told a version and a model list " +
    "(or null). A host is an address, a service a scheme, address, port, host name and base path. Everything is a union over " +
    "the window, not a snapshot. Days are UTC dates with at least one observation.",
  source: "output T1 of the 2026 study (SentinelLABS and Censys, 29 January 2026)",
  words: {
    observations: "observations",
    confirmed_observations: "of these confirmed",
    services: "services confirmed once or more",
    hosts: "hosts confirmed once or more",
    runs: "runs",
    days: "days with an observation",
    countries: "countries of these hosts",
    hosts_without_country: "hosts without a known country",
    asns: "AS numbers of these hosts",
    hosts_without_asn: "hosts without a known AS number",
    first_seen: "first observation (UTC)",
    last_seen: "last observation (UTC)",
  },
  sql: `WITH seen AS (
  SELECT COUNT(*) AS observations, COALESCE(SUM(CASE WHEN confirmed THEN 1 ELSE 0 END), 0) AS confirmed_observations,
    COUNT(DISTINCT CAST(seen_at AS DATE)) AS days, MIN(seen_at) AS first_seen, MAX(seen_at) AS last_seen
  FROM observation
), services AS (
  SELECT DISTINCT scheme, address, port, host_name, base_path FROM observation WHERE confirmed
), hosts AS (
  SELECT address, MAX(country) AS country, MAX(asn) AS asn FROM observation WHERE confirmed GROUP BY address
), places AS (
  SELECT COUNT(*) AS hosts, COUNT(DISTINCT country) AS countries, COUNT(DISTINCT asn) AS asns,
    COUNT(*) - COUNT(country) AS hosts_without_country, COUNT(*) - COUNT(asn) AS hosts_without_asn
  FROM hosts
)
SELECT observations, confirmed_observations, days, first_seen, last_seen, hosts, countries, asns, hosts_without_country,
  hosts_without_asn, (SELECT COUNT(*) FROM services) AS services, (SELECT COUNT(*) FROM run) AS runs
FROM seen CROSS JOIN places`,
};
