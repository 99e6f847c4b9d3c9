-- study_period_service
-- Definition: one row a service and period (study_period) in which it was counted: what the last counted observation of the period told (docs/study.md S5), and sums.
-- Source: ours.
WITH looks AS (
  SELECT q.period, c.address, c.port, c.scheme, c.host_name, c.base_path, c.version, c.inventory, c.observations, c.running_listed, c.running_looks,
    ROW_NUMBER() OVER (
      PARTITION BY q.period, c.address, c.port, c.scheme, c.host_name, c.base_path
      ORDER BY c.last_seen DESC, c.source, c.version, c.inventory
    ) AS recency
  FROM counted_month AS c JOIN study_period AS q ON c."month" BETWEEN q.first_month AND q.last_month
)
SELECT period, address, MAX(CASE WHEN recency = 1 THEN version END) AS version, MAX(CASE WHEN recency = 1 THEN inventory END) AS inventory,
  SUM(observations) AS observations, SUM(running_listed) AS running_listed, SUM(running_looks) AS running_looks
FROM looks GROUP BY period, address, port, scheme, host_name, base_path
