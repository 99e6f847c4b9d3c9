import type { SharesOutput } from "../output.ts";
import { LATEST } from "../population.ts";

/** How many models a host lists: the histogram of output T7. */
export const INVENTORY_SIZES: SharesOutput = {
  kind: "shares",
  id: "inventory_sizes",
  caption: "Hosts by number of models",
  unit: "hosts",
  items: "closed",
  addsUp: true,
  outside: false,
  words: { a0: "none", a1: "1", a2: "2 or 3", a4: "4 to 9", b10: "10 to 19", c20: "20 or more" },
  definition:
    "Models in the last list of each of a host's services, added up; cloud stubs count. None is an empty list, which was seen. " +
    "Unknown: no list was seen.",
  source: "GET /api/tags; output T7 of the 2026 study (its classes 2 to 3 and 20 or more)",
  sql: `${LATEST}, hosts AS (
  SELECT address, SUM(model_count) AS models FROM latest GROUP BY address
), classes AS (
  SELECT CASE WHEN models IS NULL THEN NULL WHEN models = 0 THEN 'a0' WHEN models = 1 THEN 'a1' WHEN models < 4 THEN 'a2'
    WHEN models < 10 THEN 'a4' WHEN models < 20 THEN 'b10' ELSE 'c20' END AS class
  FROM hosts
), whole AS (
  SELECT COUNT(*) AS hosts, COUNT(*) - COUNT(class) AS unknown_hosts FROM classes
)
SELECT class AS item, COUNT(*) AS counted, MAX(whole.hosts) AS of_units, MAX(whole.unknown_hosts) AS unknown_units
FROM classes CROSS JOIN whole WHERE class IS NOT NULL GROUP BY class ORDER BY item`,
};
