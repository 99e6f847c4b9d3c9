import type { SharesOutput } from "../output.ts";
import { LATEST } from "../population.ts";

/** Hosts per version that their services name. */
export const VERSIONS: SharesOutput = {
  kind: "shares",
  id: "versions",
  caption: "Hosts by version named",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Hosts with a service whose last confirmed observation names this version, of all confirmed hosts. A version is what the " +
    "server says and can be made up. Unknown: builds from source (0.0.0), changed sources (-dirty), and what is no version.",
  source: "GET /api/version; version rules as in ollama/ollama version/version.go",
  sql: `${LATEST}, hosts AS (
  SELECT address, MAX(CASE WHEN version_rank IS NOT NULL THEN 1 ELSE 0 END) AS known FROM latest GROUP BY address
), whole AS (
  SELECT COUNT(*) AS hosts, SUM(1 - known) AS unknown_hosts FROM hosts
), items AS (
  SELECT version, COUNT(DISTINCT address) AS counted FROM latest WHERE version_rank IS NOT NULL GROUP BY version
)
SELECT version AS item, counted, whole.hosts AS of_units, whole.unknown_hosts AS unknown_units
FROM items CROSS JOIN whole ORDER BY counted DESC, item`,
};
