import type { DaysOutput } from "../output.ts";

/** Confirmed hosts per UTC date: shows growth, and the days on which nobody looked. */
export const HOSTS_BY_DAY: DaysOutput = {
  kind: "days",
  id: "hosts_by_day",
  caption: "Confirmed hosts per day",
  unit: "hosts",
  definition:
    "Distinct addresses with a confirmed observation on that UTC date. A date without any observation is a gap, not a zero.",
  source: "host-days as a unit: the 2026 study weighs ranks by them",
  sql: `SELECT CAST(CAST(seen_at AS DATE) AS VARCHAR) AS day,
  COUNT(DISTINCT CASE WHEN confirmed THEN address END) AS counted
FROM observation GROUP BY CAST(seen_at AS DATE) ORDER BY day`,
};
