-- uptime-mean Mean and median uptime by persistence
-- Definition: mean and median of uptime (S8) over the hosts of each class of persistence (S9) that have one. A host seen on one whole day only
--   has an uptime of 1. The median of an even number is the mean of the middle two.
-- Source: ours; published row 12 gives a mean of 87 % for another subset (T13).
WITH classes AS (
  SELECT 1 AS place, 'once' AS persistence UNION ALL SELECT 2, 'some' UNION ALL SELECT 3, 'backbone'
), uptimes AS (
  SELECT p.population, h.persistence, h.uptime, COUNT(*) AS hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  WHERE h.uptime IS NOT NULL
  GROUP BY p.population, h.persistence, h.uptime
), placed AS (
  SELECT population, persistence, uptime, hosts, SUM(hosts) OVER (PARTITION BY population, persistence) AS of_hosts,
    SUM(hosts) OVER (PARTITION BY population, persistence ORDER BY uptime ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
  FROM uptimes
), sums AS (
  SELECT population, persistence, SUM(hosts) AS hosts, SUM(CAST(uptime AS DECIMAL(18, 12)) * hosts) AS uptime_sum,
    MIN(CASE WHEN 2 * so_far >= of_hosts THEN uptime END) AS lower_middle, MIN(CASE WHEN 2 * so_far > of_hosts THEN uptime END) AS upper_middle
  FROM placed GROUP BY population, persistence
), cells AS (
  SELECT DISTINCT p.population, c.place, c.persistence FROM study_population AS p CROSS JOIN classes AS c
)
SELECT c.population, c.persistence, COALESCE(s.hosts, 0) AS hosts, CAST(s.uptime_sum AS DOUBLE) / s.hosts AS mean_uptime,
  (s.lower_middle + s.upper_middle) / 2 AS median_uptime
FROM cells AS c LEFT JOIN sums AS s ON s.population = c.population AND s.persistence = c.persistence
ORDER BY c.population, c.place
