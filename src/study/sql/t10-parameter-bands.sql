-- T10 Hosts by size of model
-- Definition: hosts with at least one model instance (S10) of each band of parameters (docs/judgements.md), of all hosts. A host counts in every
-- band it has. Unknown: no list, or instances none of which tells its size.
-- Source: published row 42; output T10. Edges that the study does not publish are ours.
WITH items AS (
  SELECT 1 AS place, '<1B' AS item UNION ALL SELECT 2, '1-3B' UNION ALL SELECT 3, '4-7B' UNION ALL SELECT 4, '8-14B'
  UNION ALL SELECT 5, '15-34B' UNION ALL SELECT 6, '35-70B' UNION ALL SELECT 7, '>70B'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
), counts AS (
  SELECT is_decoy, parameter_band, COUNT(DISTINCT address) AS hosts
  FROM study_instance WHERE is_cloud = 0 AND parameter_band IS NOT NULL
  GROUP BY is_decoy, parameter_band
), bands AS (
  SELECT p.population, c.parameter_band, SUM(c.hosts) AS hosts
  FROM counts AS c JOIN study_population AS p ON p.is_decoy = c.is_decoy
  GROUP BY p.population, c.parameter_band
), silent AS (
  SELECT address FROM study_instance WHERE is_cloud = 0 GROUP BY address HAVING COUNT(parameter_band) = 0
), known AS (
  SELECT h.is_decoy, COUNT(*) AS hosts,
    SUM(CASE WHEN h.models IS NULL OR s.address IS NOT NULL THEN 1 ELSE 0 END) AS unknown_hosts
  FROM study_host AS h LEFT JOIN silent AS s ON s.address = h.address
  GROUP BY h.is_decoy
), whole AS (
  SELECT p.population, SUM(k.hosts) AS of_units, SUM(k.unknown_hosts) AS unknown_units
  FROM known AS k JOIN study_population AS p ON p.is_decoy = k.is_decoy
  GROUP BY p.population
)
SELECT c.population, c.item, COALESCE(b.hosts, 0) AS counted, COALESCE(w.of_units, 0) AS of_units,
  COALESCE(w.unknown_units, 0) AS unknown_units
FROM cells AS c
LEFT JOIN whole AS w ON w.population = c.population
LEFT JOIN bands AS b ON b.population = c.population AND b.parameter_band = c.item
ORDER BY c.population, c.place
