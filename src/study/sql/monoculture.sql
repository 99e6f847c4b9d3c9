-- monoculture How many lineages, formats and makers there are in effect
-- Definition: of the model instances of all hosts, of each tier and of each country (places not known are in none): instances that tell the
--   lineage, quantization or maker, and those that do not; distinct values; the effective number of values, exp of Shannon's entropy (n where n
--   values have equal shares); HHI, the sum of squared shares, 1/n to 1; the value with most instances (ties: first in the alphabet) and its share.
-- Source: the study's argument on concentration (facts 1.6); the measures are ours.
WITH amounts AS (
  SELECT is_decoy, tier, country, 1 AS place, lineage AS held, COUNT(*) AS instances
  FROM study_instance WHERE is_cloud = 0 GROUP BY is_decoy, tier, country, lineage
  UNION ALL
  SELECT is_decoy, tier, country, 2, quantization, COUNT(*)
  FROM study_instance WHERE is_cloud = 0 GROUP BY is_decoy, tier, country, quantization
  UNION ALL
  SELECT is_decoy, tier, country, 3, maker, COUNT(*)
  FROM study_instance WHERE is_cloud = 0 GROUP BY is_decoy, tier, country, maker
), kinds AS (
  SELECT 1 AS kind_place, 'all' AS group_kind UNION ALL SELECT 2, 'tier' UNION ALL SELECT 3, 'country'
), grouped AS (
  SELECT p.population, a.place, k.kind_place, k.group_kind, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN a.tier ELSE a.country END AS group_name,
    a.held, SUM(a.instances) AS instances
  FROM amounts AS a JOIN study_population AS p ON p.is_decoy = a.is_decoy CROSS JOIN kinds AS k
  GROUP BY p.population, a.place, k.kind_place, k.group_kind, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN a.tier ELSE a.country END, a.held
), placed AS (
  SELECT population, place, kind_place, group_kind, group_name, held, instances,
    SUM(CASE WHEN held IS NOT NULL THEN instances END) OVER (PARTITION BY population, place, kind_place, group_name) AS told,
    ROW_NUMBER() OVER (
      PARTITION BY population, place, kind_place, group_name
      ORDER BY CASE WHEN held IS NULL THEN 1 ELSE 0 END, instances DESC, held
    ) AS position
  FROM grouped WHERE group_name IS NOT NULL
), shares AS (
  SELECT population, place, kind_place, group_kind, group_name, held, instances, told, position,
    CASE WHEN held IS NOT NULL THEN CAST(instances AS DOUBLE) / told END AS part
  FROM placed
)
SELECT population, CASE place WHEN 1 THEN 'lineage' WHEN 2 THEN 'quantization' ELSE 'maker' END AS dimension, group_kind, group_name,
  COALESCE(MAX(told), 0) AS instances, SUM(CASE WHEN held IS NULL THEN instances ELSE 0 END) AS unknown_instances,
  COUNT(held) AS distinct_values, ROUND(EXP(CAST(-SUM(CAST(part * LN(part) AS DECIMAL(18, 15))) AS DOUBLE)), 9) AS effective_number,
  CAST(SUM(CASE WHEN held IS NOT NULL THEN instances * instances END) AS DOUBLE) / MAX(told * told) AS hhi,
  MAX(CASE WHEN position = 1 THEN held END) AS top_value, MAX(CASE WHEN position = 1 THEN part END) AS top_share
FROM shares
GROUP BY population, place, kind_place, group_kind, group_name
ORDER BY population, place, kind_place, group_name
