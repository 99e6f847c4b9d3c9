-- T2 Hosts and observations by persistence
-- Definition: hosts by how often they were observed: once, 2 to 100 times, more than 100 times (S9), with the observations these made.
-- Source: published rows 6 to 11; output T2.
WITH classes AS (
  SELECT 1 AS place, 'once' AS class UNION ALL SELECT 2, 'some' UNION ALL SELECT 3, 'backbone'
), cells AS (
  SELECT DISTINCT p.population, c.place, c.class FROM study_population AS p CROSS JOIN classes AS c
), hosts AS (
  SELECT p.population, h.persistence, h.observations FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
), whole AS (
  SELECT population, COUNT(*) AS of_hosts, SUM(observations) AS of_observations FROM hosts GROUP BY population
)
SELECT c.population, c.class, COUNT(h.persistence) AS hosts, COALESCE(w.of_hosts, 0) AS of_hosts,
  COALESCE(SUM(h.observations), 0) AS observations, COALESCE(w.of_observations, 0) AS of_observations
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN hosts AS h ON h.population = c.population AND h.persistence = c.class
GROUP BY c.population, c.place, c.class, w.of_hosts, w.of_observations
ORDER BY c.population, c.place
