import type { SharesOutput } from "../output.ts";
import { HELD } from "../population.ts";

/** What stands open to whoever reaches it, by hosts. */
export const EXPOSURE: SharesOutput = {
  kind: "shares",
  id: "exposure",
  caption: "Exposed hosts",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  words: {
    no_login: "no login",
    cve: "no login, a CVE indicated",
    tools: "no login, tools advertised",
    cloud: "no login, a cloud model",
  },
  definition:
    "Confirmed hosts at addresses beyond loopback, by the last look at each of their services that are Ollama or not told. An answer on loopback is no " +
    "exposure by itself: the bind of the server decides, which only the machine itself can read. A cloud " +
    "model without a login lends out the owner's account with the cloud. Unknown: hosts that gave no telling answer at the " +
    "last look (silent, refused, denied, other); every row is a lower bound by as many.",
  source: "checks no-login (CVE-2025-63389, which no release fixes) and version-indicated CVEs",
  nothing: "no confirmed host was asked beyond loopback",
  sql: `${HELD}, judged AS (
  SELECT address, MAX(CASE WHEN check_id = 'no-login' AND outcome <> 'not-applicable' THEN 1 ELSE 0 END) AS reachable,
    MAX(CASE WHEN check_id = 'no-login' AND outcome = 'fail' THEN 1 ELSE 0 END) AS no_login,
    MAX(CASE WHEN check_id = 'no-login' AND outcome = 'unknown' THEN 1 ELSE 0 END) AS unknown_login,
    MAX(CASE WHEN check_id LIKE 'cve-%' AND outcome = 'fail' THEN 1 ELSE 0 END) AS cve
  FROM finding WHERE product IS NULL OR product = 'ollama' GROUP BY address
), holds AS (
  SELECT address, MAX(CASE WHEN tools_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS tools,
    MAX(CASE WHEN is_cloud THEN 1 ELSE 0 END) AS cloud
  FROM held GROUP BY address
), hosts AS (
  SELECT latest.address, MAX(no_login) AS no_login, MAX(unknown_login) AS unknown_login,
    MAX(cve) AS cve, MAX(COALESCE(tools, 0)) AS tools, MAX(COALESCE(cloud, 0)) AS cloud
  FROM latest JOIN judged ON judged.address = latest.address AND judged.reachable = 1
  LEFT JOIN holds ON holds.address = latest.address
  GROUP BY latest.address
), whole AS (
  SELECT COUNT(*) AS of_units, SUM(CASE WHEN no_login = 0 AND unknown_login = 1 THEN 1 ELSE 0 END) AS unknown_units,
    SUM(no_login) AS no_login, SUM(no_login * cve) AS cve, SUM(no_login * tools) AS tools, SUM(no_login * cloud) AS cloud
  FROM hosts
), items AS (
  SELECT 1 AS place, 'no_login' AS item, no_login AS counted FROM whole
  UNION ALL SELECT 2, 'cve', cve FROM whole
  UNION ALL SELECT 3, 'tools', tools FROM whole
  UNION ALL SELECT 4, 'cloud', cloud FROM whole
)
SELECT item, counted, of_units, unknown_units FROM items CROSS JOIN whole WHERE of_units > 0 ORDER BY place`,
};
