-- monoculture How many lineages, formats and makers there are in effect
-- Definition: of the model instances of all hosts, of each tier and of each country (places not known are in none): hosts that list a model;
--   instances that tell the lineage, quantization or maker, and those that do not; distinct values; the effective number of values, exp of Shannon's
--   entropy (n where n values have equal shares); HHI, the sum of squared shares, 1/n to 1; the value with most instances (ties: first in the
--   alphabet), its share, and the hosts that hold it.
-- Source: the study's argument on concentration (facts 1.6); the measures are ours.
WITH amounts AS (
  SELECT is_decoy, tier, country, 1 AS place, held, SUM(instances) AS instances, COUNT(*) AS hosts FROM (
    SELECT address, is_decoy, tier, country, lineage AS held, COUNT(*) AS instances
    FROM study_instance WHERE is_cloud = 0 GROUP BY address, is_decoy, tier, country, lineage
  ) AS of_lineage GROUP BY is_decoy, tier, country, held
  UNION ALL
  SELECT is_decoy, tier, country, 2, held, SUM(instances), COUNT(*) FROM (
    SELECT address, is_decoy, tier, country, quantization AS held, COUNT(*) AS instances
    FROM study_instance WHERE is_cloud = 0 GROUP BY address, is_decoy, tier, country, quantization
  ) AS of_quantization GROUP BY is_decoy, tier, country, held
  UNION ALL
  SELECT is_decoy, tier, country, 3, held, SUM(instances), COUNT(*) FROM (
    SELECT address, is_decoy, tier, country, maker AS held, COUNT(*) AS instances
    FROM study_instance WHERE is_cloud = 0 GROUP BY address, is_decoy, tier, country, maker
  ) AS of_maker GROUP BY is_decoy, tier, country, held
), sizes AS (
  SELECT is_decoy, tier, country, COUNT(*) AS hosts FROM study_host WHERE models > 0 GROUP BY is_decoy, tier, country
), kinds AS (
  SELECT 1 AS kind_place, 'all' AS group_kind UNION ALL SELECT 2, 'tier' UNION ALL SELECT 3, 'country'
), grouped AS (
  SELECT p.population, a.place, k.kind_place, k.group_kind, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN a.tier ELSE a.country END AS group_name,
    a.held, SUM(a.instances) AS instances, SUM(a.hosts) AS hosts
  FROM amounts AS a JOIN study_population AS p ON p.is_decoy = a.is_decoy CROSS JOIN kinds AS k
  GROUP BY p.population, a.place, k.kind_place, k.group_kind, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN a.tier ELSE a.country END, a.held
), group_sizes AS (
  SELECT p.population, k.kind_place, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN s.tier ELSE s.country END AS group_name, SUM(s.hosts) AS hosts
  FROM sizes AS s JOIN study_population AS p ON p.is_decoy = s.is_decoy CROSS JOIN kinds AS k
  GROUP BY p.population, k.kind_place, CASE k.kind_place WHEN 1 THEN 'all' WHEN 2 THEN s.tier ELSE s.country END
), placed AS (
  SELECT population, place, kind_place, group_kind, group_name, held, instances, hosts,
    SUM(CASE WHEN held IS NOT NULL THEN instances END) OVER (PARTITION BY population, place, kind_place, group_name) AS told,
    ROW_NUMBER() OVER (
      PARTITION BY population, place, kind_place, group_name
      ORDER BY CASE WHEN held IS NULL THEN 1 ELSE 0 END, instances DESC, held
    ) AS position
  FROM grouped WHERE group_name IS NOT NULL
), shares AS (
  SELECT population, place, kind_place, group_kind, group_name, held, instances, hosts, told, position,
    CASE WHEN held IS NOT NULL THEN CAST(instances AS DOUBLE) / told END AS part
  FROM placed
)
SELECT s.population, CASE s.place WHEN 1 THEN 'lineage' WHEN 2 THEN 'quantization' ELSE 'maker' END AS dimension, s.group_kind, s.group_name,
  g.hosts, COALESCE(MAX(s.told), 0) AS instances, SUM(CASE WHEN s.held IS NULL THEN s.instances ELSE 0 END) AS unknown_instances,
  COUNT(s.held) AS distinct_values, ROUND(EXP(CAST(-SUM(CAST(s.part * LN(s.part) AS DECIMAL(18, 15))) AS DOUBLE)), 9) AS effective_number,
  CAST(SUM(CASE WHEN s.held IS NOT NULL THEN s.instances * s.instances END) AS DOUBLE) / MAX(s.told * s.told) AS hhi,
  MAX(CASE WHEN s.position = 1 THEN s.held END) AS top_value, MAX(CASE WHEN s.position = 1 THEN s.part END) AS top_share,
  COALESCE(MAX(CASE WHEN s.position = 1 AND s.held IS NOT NULL THEN s.hosts END), 0) AS top_hosts
FROM shares AS s
JOIN group_sizes AS g ON g.population = s.population AND g.kind_place = s.kind_place AND g.group_name = s.group_name
GROUP BY s.population, s.place, s.kind_place, s.group_kind, s.group_name, g.hosts
ORDER BY s.population, s.place, s.kind_place, s.group_name
