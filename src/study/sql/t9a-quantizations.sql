-- T9a Hosts by quantization
-- Definition: hosts with at least one model instance (S10) of each quantization as sent, of all hosts. A host counts in every one it has. Unknown: no
-- list, or instances none of which tells one.
-- Source: published row 38; output T9.
WITH counts AS (
  SELECT is_decoy, quantization, COUNT(DISTINCT address) AS hosts
  FROM study_instance WHERE is_cloud = 0 AND quantization IS NOT NULL
  GROUP BY is_decoy, quantization
), silent AS (
  SELECT address FROM study_instance WHERE is_cloud = 0 GROUP BY address HAVING COUNT(quantization) = 0
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
SELECT w.population, c.quantization AS item, SUM(c.hosts) AS counted, w.of_units, w.unknown_units
FROM counts AS c
JOIN study_population AS p ON p.is_decoy = c.is_decoy
JOIN whole AS w ON w.population = p.population
GROUP BY w.population, c.quantization, w.of_units, w.unknown_units
ORDER BY population, counted DESC, item
