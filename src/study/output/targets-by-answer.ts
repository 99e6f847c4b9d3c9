import type { SharesOutput } from "../output.ts";

/** What became of each target that a run asked: the denominators that silence needs. */
export const TARGETS_BY_ANSWER: SharesOutput = {
  kind: "shares",
  id: "targets_by_answer",
  caption: "Targets asked, by answer, all runs",
  unit: "targets",
  items: "closed",
  addsUp: true,
  outside: false,
  words: {
    open: "open",
    login: "login",
    denied: "denied",
    other: "other",
    refused: "connection refused",
    silent: "silent",
  },
  definition:
    "Targets attempted, summed over all runs that count their targets; a target asked in two runs counts twice. Unknown: " +
    "attempted and not finished.",
  source: "coverage in the run rows of the lake",
  sql: `WITH sums AS (
  SELECT SUM(attempted) AS attempted, SUM(open) AS open, SUM(login) AS login, SUM(denied) AS denied, SUM(refused) AS refused,
    SUM(silent) AS silent, SUM(other) AS other
  FROM run HAVING SUM(attempted) > 0
), items AS (
  SELECT 1 AS place, 'open' AS item, open AS counted FROM sums
  UNION ALL SELECT 2, 'login', login FROM sums
  UNION ALL SELECT 3, 'denied', denied FROM sums
  UNION ALL SELECT 4, 'other', other FROM sums
  UNION ALL SELECT 5, 'refused', refused FROM sums
  UNION ALL SELECT 6, 'silent', silent FROM sums
)
SELECT item, counted, attempted AS of_units, attempted - (open + login + denied + refused + silent + other) AS unknown_units
FROM items CROSS JOIN sums ORDER BY place`,
};
