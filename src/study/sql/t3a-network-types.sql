-- T3a Hosts by type of network
-- Definition: hosts by what their autonomous system mostly is (docs/networks.md), of all hosts: the other cut of the hosts of T3b, not to be
-- added to it. Unknown: nothing tells.
-- Source: published rows 13 and 16; output T3. The list of types is ours, the study publishes none.
WITH items AS (
  SELECT 1 AS place, 'fixed-access' AS item UNION ALL SELECT 2, 'mobile' UNION ALL SELECT 3, 'satellite' UNION ALL SELECT 4, 'hosting'
  UNION ALL SELECT 5, 'cloud' UNION ALL SELECT 6, 'cdn' UNION ALL SELECT 7, 'transit' UNION ALL SELECT 8, 'education'
  UNION ALL SELECT 9, 'government' UNION ALL SELECT 10, 'enterprise'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
), hosts AS (
  SELECT p.population, h.network_type, COUNT(*) AS hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, h.network_type
), whole AS (
  SELECT population, SUM(hosts) AS of_units, SUM(CASE WHEN network_type IS NULL THEN hosts ELSE 0 END) AS unknown_units
  FROM hosts GROUP BY population
)
SELECT c.population, c.item, COALESCE(h.hosts, 0) AS counted, COALESCE(w.of_units, 0) AS of_units,
  COALESCE(w.unknown_units, 0) AS unknown_units
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN hosts AS h ON h.population = c.population AND h.network_type = c.item
ORDER BY c.population, c.place
