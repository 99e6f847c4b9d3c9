import type { SharesOutput } from "../output.ts";

/** Hosts without a login, with decoys counted apart. */
export const EXPOSED_BY_DECOY_CLASS: SharesOutput = {
  kind: "shares",
  id: "exposed_by_decoy_class",
  caption: "Hosts without a login, by class of decoy",
  unit: "hosts",
  items: "closed",
  addsUp: true,
  outside: false,
  words: { "likely-real": "likely real", uncertain: "uncertain", "likely-decoy": "likely decoy" },
  definition:
    "Hosts beyond loopback of which a service, of whatever product, answered without a login when last asked. A host counts " +
    "once, by the most decoy-like of those services: a machine that plays one server is not trusted with another.",
  source: "check no-login; view decoy",
  nothing: "no host answered without a login",
  sql: `WITH exposed AS (
  SELECT decoy.address, MAX(CASE decoy_class WHEN 'likely-decoy' THEN 3 WHEN 'uncertain' THEN 2 ELSE 1 END) AS place
  FROM finding JOIN decoy ON decoy.scheme = finding.scheme AND decoy.address = finding.address AND decoy.port = finding.port
    AND COALESCE(decoy.host_name, '') = COALESCE(finding.host_name, '') AND decoy.base_path = finding.base_path
  WHERE finding.check_id = 'no-login' AND finding.outcome = 'fail'
  GROUP BY decoy.address
), classes AS (
  SELECT 1 AS place, 'likely-real' AS item UNION ALL SELECT 2, 'uncertain' UNION ALL SELECT 3, 'likely-decoy'
), counts AS (
  SELECT classes.place, classes.item, COUNT(exposed.address) AS counted
  FROM classes LEFT JOIN exposed ON exposed.place = classes.place GROUP BY classes.place, classes.item
), whole AS (
  SELECT COUNT(*) AS hosts FROM exposed
)
SELECT item, counted, whole.hosts AS of_units, 0 AS unknown_units
FROM counts CROSS JOIN whole WHERE whole.hosts > 0 ORDER BY place`,
};
