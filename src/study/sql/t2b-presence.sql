-- T2b Hosts and observations by presence
-- Definition: hosts by the days on which they were seen, whatever the cadence (S9): one day, less than 34 % of the whole attempted days, 34 % and
-- more; with the observations these made. A lake without a whole attempted day puts no host into a class.
-- Source: ours, beside rows 6 to 11 (pitfall 11 of the facts): 100 of 293 days is 34 %.
WITH classes AS (
  SELECT 1 AS place, 'one-day' AS class UNION ALL SELECT 2, 'below-34' UNION ALL SELECT 3, 'from-34'
), cells AS (
  SELECT DISTINCT p.population, c.place, c.class FROM study_population AS p CROSS JOIN classes AS c
), hosts AS (
  SELECT p.population, h.presence_class, COUNT(*) AS hosts, SUM(h.observations) AS observations
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, h.presence_class
), whole AS (
  SELECT population, SUM(hosts) AS of_hosts, SUM(observations) AS of_observations FROM hosts GROUP BY population
)
SELECT c.population, c.class, COALESCE(h.hosts, 0) AS hosts, COALESCE(w.of_hosts, 0) AS of_hosts,
  COALESCE(h.observations, 0) AS observations, COALESCE(w.of_observations, 0) AS of_observations
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN hosts AS h ON h.population = c.population AND h.presence_class = c.class
ORDER BY c.population, c.place
