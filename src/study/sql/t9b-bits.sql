-- T9b Model instances by bits
-- Definition: model instances (S10) by nominal bits of their quantization (docs/judgements.md), of all instances; not hosts. Unknown: bits that
-- cannot be told.
-- Source: published rows 39 and 40; output T9.
WITH counts AS (
  SELECT p.population, i.bits, COUNT(*) AS instances
  FROM study_instance AS i JOIN study_population AS p ON p.is_decoy = i.is_decoy
  WHERE i.is_cloud = 0
  GROUP BY p.population, i.bits
), whole AS (
  SELECT population, SUM(instances) AS of_units, SUM(CASE WHEN bits IS NULL THEN instances ELSE 0 END) AS unknown_units
  FROM counts GROUP BY population
)
SELECT c.population, CAST(CAST(c.bits AS INTEGER) AS VARCHAR) AS item, c.instances AS counted, w.of_units, w.unknown_units
FROM counts AS c JOIN whole AS w ON w.population = c.population
WHERE c.bits IS NOT NULL
ORDER BY population, counted DESC, item
