-- uptime Hosts by uptime
-- Definition: hosts by uptime (S8) in percent, each class from its first number to below the next, of hosts seen on two whole days or more.
--   Unknown, beside the denominator: hosts seen on fewer.
-- Source: ours; the study gives a mean of 87 % (published row 12) and no formula.
WITH items AS (
  SELECT 1 AS place, '0-49' AS item UNION ALL SELECT 2, '50-79' UNION ALL SELECT 3, '80-89' UNION ALL SELECT 4, '90-99' UNION ALL SELECT 5, '100'
), classes AS (
  SELECT is_decoy, CASE WHEN uptime IS NULL OR whole_days < 2 THEN NULL WHEN uptime < 0.5 THEN 1 WHEN uptime < 0.8 THEN 2
    WHEN uptime < 0.9 THEN 3 WHEN uptime < 1 THEN 4 ELSE 5 END AS place
  FROM study_host
), sums AS (
  SELECT is_decoy, place, COUNT(*) AS hosts FROM classes GROUP BY is_decoy, place
)
SELECT p.population, i.item, COALESCE(SUM(CASE WHEN s.place = i.place THEN s.hosts END), 0) AS counted,
  COALESCE(SUM(CASE WHEN s.place IS NOT NULL THEN s.hosts END), 0) AS of_units,
  COALESCE(SUM(CASE WHEN s.place IS NULL THEN s.hosts END), 0) AS unknown_units
FROM study_population AS p CROSS JOIN items AS i LEFT JOIN sums AS s ON s.is_decoy = p.is_decoy
GROUP BY p.population, i.place, i.item
ORDER BY p.population, i.place
