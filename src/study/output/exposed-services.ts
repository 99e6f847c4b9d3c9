import type { RowsOutput } from "../output.ts";
import { LATEST } from "../population.ts";

/** The services that someone should act on, one by one: for their owner. */
export const EXPOSED_SERVICES: RowsOutput = {
  kind: "rows",
  id: "exposed_services",
  caption: "Services without a login",
  definition:
    "Services that others can reach and that answered without a login when last asked, with the version they name, how many " +
    "models they list and how many CVEs the version indicates.",
  source: "checks no-login and version-indicated CVEs",
  floorOn: null,
  fullOnly: true,
  columns: [
    { from: "address", name: "address", holds: "outside" },
    { from: "port", name: "port", holds: "outside" },
    { from: "host_name", name: "name", holds: "outside" },
    { from: "base_path", name: "path", holds: "outside" },
    { from: "version", name: "version", holds: "outside" },
    { from: "model_count", name: "models", holds: "number" },
    { from: "cves", name: "CVEs", holds: "number" },
    { from: "last_seen", name: "last seen (UTC)", holds: "text" },
  ],
  nothing: "none answered beyond loopback",
  sql: `${LATEST}, judged AS (
  SELECT scheme, address, port, host_name, base_path,
    MAX(CASE WHEN check_id = 'no-login' AND outcome = 'fail' THEN 1 ELSE 0 END) AS no_login,
    SUM(CASE WHEN check_id LIKE 'cve-%' AND outcome = 'fail' THEN 1 ELSE 0 END) AS cves
  FROM finding GROUP BY scheme, address, port, host_name, base_path
)
SELECT latest.address, CAST(latest.port AS VARCHAR) AS port, COALESCE(latest.host_name, '') AS host_name, latest.base_path,
  latest.version, latest.model_count, judged.cves, latest.seen_at AS last_seen
FROM latest
JOIN judged ON judged.scheme = latest.scheme AND judged.address = latest.address AND judged.port = latest.port
  AND COALESCE(judged.host_name, '') = COALESCE(latest.host_name, '') AND judged.base_path = latest.base_path
WHERE no_login = 1 ORDER BY latest.address, latest.port, host_name, latest.base_path LIMIT 5000`,
};
