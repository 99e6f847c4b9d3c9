-- T9c Leading quantizations of each tier
-- Definition: hosts with at least one model instance (S10) of each quantization, of the hosts of the same tier; the five first of each tier (equal
-- counts: by the alphabet). Rank 1 = most, equal counts share the smaller rank. Unknown: as in T9a, of the tier. Hosts whose tier is not
-- known are left out.
-- Source: published row 41; output T9.
WITH counts AS (
  SELECT is_decoy, tier, quantization, COUNT(DISTINCT address) AS hosts
  FROM study_instance WHERE is_cloud = 0 AND quantization IS NOT NULL AND tier IS NOT NULL
  GROUP BY is_decoy, tier, quantization
), silent AS (
  SELECT address FROM study_instance WHERE is_cloud = 0 GROUP BY address HAVING COUNT(quantization) = 0
), known AS (
  SELECT h.is_decoy, h.tier, COUNT(*) AS hosts,
    SUM(CASE WHEN h.models IS NULL OR s.address IS NOT NULL THEN 1 ELSE 0 END) AS unknown_hosts
  FROM study_host AS h LEFT JOIN silent AS s ON s.address = h.address
  WHERE h.tier IS NOT NULL
  GROUP BY h.is_decoy, h.tier
), whole AS (
  SELECT p.population, k.tier, SUM(k.hosts) AS of_hosts, SUM(k.unknown_hosts) AS unknown_hosts
  FROM known AS k JOIN study_population AS p ON p.is_decoy = k.is_decoy
  GROUP BY p.population, k.tier
), formats AS (
  SELECT p.population, c.tier, c.quantization, SUM(c.hosts) AS hosts
  FROM counts AS c JOIN study_population AS p ON p.is_decoy = c.is_decoy
  GROUP BY p.population, c.tier, c.quantization
), ranked AS (
  SELECT population, tier, quantization, hosts, RANK() OVER (PARTITION BY population, tier ORDER BY hosts DESC) AS tier_rank,
    ROW_NUMBER() OVER (PARTITION BY population, tier ORDER BY hosts DESC, quantization) AS place
  FROM formats
)
SELECT r.population, r.tier, r.quantization, r.hosts, w.of_hosts, w.unknown_hosts, r.tier_rank AS rank
FROM ranked AS r JOIN whole AS w ON w.population = r.population AND w.tier = r.tier
WHERE r.place <= 5
ORDER BY r.population, r.tier, r.place
