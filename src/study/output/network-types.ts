import type { SharesOutput } from "../output.ts";

/** Confirmed hosts by one judged column of the view `network`; hosts that nothing tells of are unknown, and stay among all hosts. */
function shares(column: "network_type" | "tier"): string {
  return `WITH hosts AS (
  SELECT DISTINCT address FROM observation WHERE confirmed
), judged AS (
  SELECT hosts.address, network.${column} AS item FROM hosts LEFT JOIN network ON network.address = hosts.address
), whole AS (
  SELECT COUNT(*) AS hosts, COUNT(*) - COUNT(item) AS unknown_hosts FROM judged
)
SELECT item, COUNT(*) AS counted, MAX(whole.hosts) AS of_units, MAX(whole.unknown_hosts) AS unknown_units
FROM judged CROSS JOIN whole WHERE item IS NOT NULL GROUP BY item ORDER BY counted DESC, item`;
}

const HOW =
  "Told by the curated operators, then the record's labels, then the name of the organisation, then the user's own rows, of what was last said of the address; a host of which nothing tells is unknown and stays in the denominator. A judgement: docs/networks.md gives its measured accuracy.";

/** Confirmed hosts by ASN type: the first half of output T3. */
export const NETWORK_TYPES_BY_HOSTS: SharesOutput = {
  kind: "shares",
  id: "network_types",
  caption: "Hosts per type of network (ASN type)",
  unit: "hosts",
  items: "closed",
  addsUp: true,
  outside: false,
  words: {
    "fixed-access": "fixed access",
    mobile: "mobile",
    satellite: "satellite",
    hosting: "hosting",
    cloud: "cloud",
    cdn: "content delivery",
    transit: "transit",
    education: "education and research",
    government: "government",
    enterprise: "enterprise",
  },
  definition: `Confirmed hosts by what their AS number mostly is. ${HOW}`,
  source: "view network, network_type; output T3 of the 2026 study, whose taxonomy is not published",
  sql: shares("network_type"),
};

/** Confirmed hosts by infrastructure tier: the second half of output T3. */
export const NETWORK_TIERS_BY_HOSTS: SharesOutput = {
  kind: "shares",
  id: "network_tiers",
  caption: "Hosts per infrastructure tier",
  unit: "hosts",
  items: "closed",
  addsUp: true,
  outside: false,
  words: {
    hyperscaler: "hyperscaler",
    "indie-cloud": "indie cloud and VPS",
    "telecom-residential": "telecom and residential",
    academic: "academic",
    other: "other",
  },
  definition: `The same hosts by tier: another cut of the same networks, not to be added to the types. ${HOW}`,
  source: "view network, tier; output T3 of the 2026 study, whose taxonomy is not published",
  sql: shares("tier"),
};
