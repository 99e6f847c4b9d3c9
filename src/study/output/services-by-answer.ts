import type { SharesOutput } from "../output.ts";

/** What each service said when it was last asked. */
export const SERVICES_BY_ANSWER: SharesOutput = {
  kind: "shares",
  id: "services_by_answer",
  caption: "Services by their last answer",
  unit: "services",
  items: "closed",
  addsUp: true,
  outside: false,
  words: {
    open: "open: no login",
    login: "login asked for (401)",
    denied: "denied (403 or 407)",
    other: "other",
    refused: "connection refused",
    silent: "silent",
  },
  definition:
    "Every service with at least one observation, by the answer of its last one. Other: something that is no model server answered. Open holds emulators of the routes too. " +
    "Denied is not counted as protected: a proxy or a check of the Host header said no to us, perhaps not to others.",
  source: "answers as Corral records them (docs/reference/observation.schema.json)",
  sql: `WITH last_looks AS (
  SELECT answer FROM (
    SELECT answer, ROW_NUMBER() OVER (
      PARTITION BY scheme, address, port, host_name, base_path ORDER BY seen_at DESC, source, vantage
    ) AS recency
    FROM observation
  ) AS looks WHERE recency = 1
), counts AS (
  SELECT answer, COUNT(*) AS counted FROM last_looks GROUP BY answer
), whole AS (
  SELECT COUNT(*) AS services FROM last_looks
)
SELECT answer AS item, counted, whole.services AS of_units, 0 AS unknown_units
FROM counts CROSS JOIN whole
ORDER BY CASE answer WHEN 'open' THEN 1 WHEN 'login' THEN 2 WHEN 'denied' THEN 3 WHEN 'other' THEN 4 WHEN 'refused' THEN 5 ELSE 6 END`,
};
