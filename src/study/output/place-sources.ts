import type { RowsOutput } from "../output.ts";

/** Who says where the confirmed hosts are. */
export const PLACE_SOURCES: RowsOutput = {
  kind: "rows",
  id: "place_sources",
  caption: "Sources of places",
  definition:
    "Confirmed hosts by who last told country, AS number and organisation: the record itself, or tables of networks with the day on which they were built. Older tables misplace addresses that changed hands since. AS numbers of ip-location-db: Route Views (routeviews.org), NRO (nro.net) and IP Geolocation by DB-IP (db-ip.com), CC BY 4.0.",
  source: "place_source of the observations",
  floorOn: "hosts",
  fullOnly: false,
  columns: [
    { from: "place_source", name: "source", holds: "outside" },
    { from: "hosts", name: "hosts", holds: "number" },
    { from: "first_used", name: "from", holds: "text" },
    { from: "last_used", name: "to", holds: "text" },
  ],
  sql: `SELECT place_source, COUNT(DISTINCT address) AS hosts, SUBSTR(CAST(MIN(seen_at) AS VARCHAR), 1, 10) AS first_used,
  SUBSTR(CAST(MAX(seen_at) AS VARCHAR), 1, 10) AS last_used
FROM observation WHERE confirmed AND place_source IS NOT NULL GROUP BY place_source ORDER BY hosts DESC, place_source`,
};
