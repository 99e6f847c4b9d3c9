-- method
-- Definition: one row of what the method section states of this run (docs/study.md S1 to S8).
-- Source: the study's pitfalls; rule R18.
WITH days AS (
  SELECT COUNT(*) AS days, SUM(attempted) AS attempted_days, SUM(1 - attempted) AS gap_days,
    SUM(is_partial) AS partial_days, MIN(day) AS first_day, MAX(day) AS last_day
  FROM study_day
), hosts AS (
  SELECT COUNT(*) AS hosts, SUM(is_decoy) AS decoys, SUM(services) AS services,
    SUM(CASE WHEN country IS NULL THEN 1 ELSE 0 END) AS without_country,
    SUM(CASE WHEN asn IS NULL THEN 1 ELSE 0 END) AS without_network,
    SUM(CASE WHEN models IS NULL THEN 1 ELSE 0 END) AS without_list
  FROM study_host
), looks AS (
  SELECT SUM(observations) AS observations, SUM(counted) AS counted FROM day_total
), moved AS (
  SELECT COUNT(*) AS moved_hosts FROM (
    SELECT address FROM observation WHERE asn IS NOT NULL GROUP BY address HAVING MIN(asn) <> MAX(asn)
  ) AS several
), others AS (
  SELECT COUNT(DISTINCT address) AS other_hosts FROM observation WHERE confirmed AND product <> 'ollama'
), misdated AS (
  SELECT COUNT(*) AS misdated FROM observation AS o JOIN run AS r ON r.run = o.run
  WHERE r.targets IS NOT NULL AND r.finished_at IS NOT NULL
    AND (o.seen_at < r.started_at - INTERVAL '1' HOUR OR o.seen_at > r.finished_at + INTERVAL '1' HOUR)
), runs AS (
  SELECT COUNT(*) AS runs, COUNT(DISTINCT source) AS sources, COUNT(DISTINCT vantage) AS vantages,
    SUM(CASE WHEN targets IS NOT NULL THEN 1 ELSE 0 END) AS asked_runs, SUM(CASE WHEN targets IS NULL THEN 1 ELSE 0 END) AS stored_runs,
    MAX(CASE WHEN synthetic THEN 1 ELSE 0 END) AS is_synthetic
  FROM run
)
SELECT days.*, hosts.*, looks.*, moved.moved_hosts, others.other_hosts, misdated.misdated, runs.*
FROM days CROSS JOIN hosts CROSS JOIN looks CROSS JOIN moved CROSS JOIN others CROSS JOIN misdated CROSS JOIN runs
