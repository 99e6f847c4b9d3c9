-- weekly Hosts new, returned and gone by week
-- Definition: hosts seen in each week; new: in their first week; returned: seen before, not in the last attempted week before this one; gone:
--   seen in that week and not in this. Null in a week without an attempt. Hosts of a week are those of the attempted week before, less the
--   gone, and the new and returned.
-- Source: ours; asked for beside the published outputs.
WITH weeks AS (
  SELECT CAST(date_trunc('week', day) AS DATE) AS week, MAX(attempted) AS attempted
  FROM study_day GROUP BY CAST(date_trunc('week', day) AS DATE)
), attempts AS (
  SELECT week, ROW_NUMBER() OVER (ORDER BY week) AS place FROM weeks WHERE attempted = 1
), sums AS (
  SELECT is_decoy, place, COUNT(*) AS hosts, SUM(CASE WHEN place_before IS NULL THEN 1 ELSE 0 END) AS first_seen,
    SUM(CASE WHEN place_before < place - 1 THEN 1 ELSE 0 END) AS seen_again,
    SUM(CASE WHEN place_before = place - 1 THEN 1 ELSE 0 END) AS stayed
  FROM study_week GROUP BY is_decoy, place
), counts AS (
  SELECT p.population, a.place, a.week, COALESCE(SUM(s.hosts), 0) AS hosts, COALESCE(SUM(s.first_seen), 0) AS first_seen,
    COALESCE(SUM(s.seen_again), 0) AS seen_again, COALESCE(SUM(s.stayed), 0) AS stayed
  FROM attempts AS a CROSS JOIN study_population AS p LEFT JOIN sums AS s ON s.is_decoy = p.is_decoy AND s.place = a.place
  GROUP BY p.population, a.place, a.week
), changes AS (
  SELECT population, week, hosts, first_seen, seen_again,
    COALESCE(LAG(hosts) OVER (PARTITION BY population ORDER BY place), 0) - stayed AS gone
  FROM counts
), populations AS (
  SELECT DISTINCT population FROM study_population
)
SELECT p.population, w.week, w.attempted, c.hosts, c.first_seen AS "new", c.seen_again AS returned, c.gone
FROM weeks AS w CROSS JOIN populations AS p LEFT JOIN changes AS c ON c.population = p.population AND c.week = w.week
ORDER BY p.population, w.week
