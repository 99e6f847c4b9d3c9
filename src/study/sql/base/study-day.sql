-- study_day
-- Definition: one row a date from the first to the last attempt (docs/study.md S7).
-- Source: ours; the study states no cadence.
WITH asked AS (
  SELECT CAST(started_at AS DATE) AS day, SUM(targets) AS targets, SUM(attempted) AS targets_attempted
  FROM run WHERE targets IS NOT NULL AND attempted IS NOT NULL
  GROUP BY CAST(started_at AS DATE)
)
SELECT d.day, CASE WHEN d.observations > 0 OR a.targets_attempted > 0 THEN 1 ELSE 0 END AS attempted,
  CASE WHEN a.targets_attempted < 0.95 * a.targets AND (d.observations > 0 OR a.targets_attempted > 0) THEN 1 ELSE 0 END AS is_partial,
  d.observations, d.counted, d.hosts, a.targets, a.targets_attempted
FROM day_total AS d LEFT JOIN asked AS a ON a.day = d.day
