import type { RowsOutput } from "../output.ts";

/** Every check but those on versions, by hosts. */
export const CHECK_HOSTS: RowsOutput = {
  kind: "rows",
  id: "checks",
  caption: "Findings, by hosts",
  definition:
    "Hosts with a service of which the check failed when last asked; of: hosts whom the check concerns; unknown: hosts of which " +
    "it could not be told for at least one service, and failed for none. Unknown is not passed: each row is a lower bound by " +
    "as many. What models can do is what they advertise, management is told by inference, and nothing was tried.",
  source: "checks of docs/reference/checks.md",
  floorOn: "hosts",
  fullOnly: false,
  columns: [
    { from: "check_id", name: "check", holds: "text" },
    { from: "title", name: "what fails", holds: "text" },
    { from: "severity", name: "severity", holds: "text" },
    { from: "hosts", name: "hosts", holds: "number" },
    { from: "of_hosts", name: "of", holds: "number" },
    { from: "unknown_hosts", name: "unknown", holds: "number" },
  ],
  nothing: "no check concerns what was seen",
  sql: `WITH hosts AS (
  SELECT check_id, severity, title, address, MAX(CASE WHEN outcome = 'fail' THEN 1 ELSE 0 END) AS failed,
    MAX(CASE WHEN outcome = 'unknown' THEN 1 ELSE 0 END) AS open_question
  FROM finding WHERE check_id NOT LIKE 'cve-%' AND outcome <> 'not-applicable'
  GROUP BY check_id, severity, title, address
)
SELECT check_id, severity, title, SUM(failed) AS hosts, COUNT(*) AS of_hosts,
  SUM(CASE WHEN failed = 0 THEN open_question ELSE 0 END) AS unknown_hosts
FROM hosts GROUP BY check_id, severity, title
ORDER BY CASE severity WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END, hosts DESC, check_id`,
};
