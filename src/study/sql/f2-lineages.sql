-- F2 Hosts by lineage
-- Definition: hosts with at least one entry of each lineage (architecture, not maker) in their last lists, cloud stubs too (S5, S11), of all
-- hosts. A host counts in every lineage it has. Unknown: no list, or a list that is not empty and tells no lineage.
-- Source: published rows 28 to 31; output F2.
WITH counts AS (
  SELECT is_decoy, lineage, COUNT(DISTINCT address) AS hosts FROM study_instance WHERE lineage IS NOT NULL GROUP BY is_decoy, lineage
), told AS (
  SELECT DISTINCT address FROM study_instance WHERE lineage IS NOT NULL
), known AS (
  SELECT h.is_decoy, COUNT(*) AS hosts,
    SUM(CASE WHEN h.models IS NULL OR (h.models > 0 AND t.address IS NULL) THEN 1 ELSE 0 END) AS unknown_hosts
  FROM study_host AS h LEFT JOIN told AS t ON t.address = h.address
  GROUP BY h.is_decoy
), whole AS (
  SELECT p.population, SUM(k.hosts) AS of_units, SUM(k.unknown_hosts) AS unknown_units
  FROM known AS k JOIN study_population AS p ON p.is_decoy = k.is_decoy
  GROUP BY p.population
)
SELECT w.population, c.lineage AS item, SUM(c.hosts) AS counted, w.of_units, w.unknown_units
FROM counts AS c
JOIN study_population AS p ON p.is_decoy = c.is_decoy
JOIN whole AS w ON w.population = p.population
GROUP BY w.population, c.lineage, w.of_units, w.unknown_units
ORDER BY population, counted DESC, item
