-- T7b Hosts by number of models
-- Definition: hosts by the entries of their last lists (S5), cloud stubs too, of all hosts. Unknown: no list seen.
-- Source: published rows 33 and 34; output T7.
WITH items AS (
  SELECT 1 AS place, '0' AS item, 0 AS least, 0 AS most UNION ALL SELECT 2, '1', 1, 1 UNION ALL SELECT 3, '2-3', 2, 3
  UNION ALL SELECT 4, '4-9', 4, 9 UNION ALL SELECT 5, '10-19', 10, 19 UNION ALL SELECT 6, '20+', 20, NULL
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item, i.least, i.most FROM study_population AS p CROSS JOIN items AS i
), hosts AS (
  SELECT p.population, h.models, COUNT(*) AS hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, h.models
), whole AS (
  SELECT population, SUM(hosts) AS of_units, SUM(CASE WHEN models IS NULL THEN hosts ELSE 0 END) AS unknown_units
  FROM hosts GROUP BY population
)
SELECT c.population, c.item, COALESCE(SUM(h.hosts), 0) AS counted, COALESCE(w.of_units, 0) AS of_units,
  COALESCE(w.unknown_units, 0) AS unknown_units
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN hosts AS h ON h.population = c.population AND h.models >= c.least AND (c.most IS NULL OR h.models <= c.most)
GROUP BY c.population, c.place, c.item, w.of_units, w.unknown_units
ORDER BY c.population, c.place
