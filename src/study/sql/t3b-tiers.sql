-- T3b Hosts by tier
-- Definition: hosts by infrastructure tier (docs/networks.md), of all hosts: the other cut of the hosts of T3a, not to be added to it.
-- Unknown: nothing tells.
-- Source: published rows 14 to 17; output T3. How a network comes to its tier is ours, the study publishes it not.
WITH items AS (
  SELECT 1 AS place, 'hyperscaler' AS item UNION ALL SELECT 2, 'indie-cloud' UNION ALL SELECT 3, 'telecom-residential'
  UNION ALL SELECT 4, 'academic' UNION ALL SELECT 5, 'other'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
), hosts AS (
  SELECT p.population, h.tier, COUNT(*) AS hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, h.tier
), whole AS (
  SELECT population, SUM(hosts) AS of_units, SUM(CASE WHEN tier IS NULL THEN hosts ELSE 0 END) AS unknown_units
  FROM hosts GROUP BY population
)
SELECT c.population, c.item, COALESCE(h.hosts, 0) AS counted, COALESCE(w.of_units, 0) AS of_units,
  COALESCE(w.unknown_units, 0) AS unknown_units
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN hosts AS h ON h.population = c.population AND h.tier = c.item
ORDER BY c.population, c.place
