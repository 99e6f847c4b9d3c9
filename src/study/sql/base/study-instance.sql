-- study_instance
-- Definition: one row a host and distinct model of its last lists (docs/study.md S5, S10), cloud stubs marked.
-- Source: facts of the study, metric definitions (bit-width share: over model instances, host and digest).
WITH services AS (
  SELECT c.inventory, h.address, h.is_decoy, h.tier, h.country, h.asn
  FROM counted AS c JOIN study_host AS h ON h.address = c.address
), entries AS (
  SELECT s.address, COALESCE(NULLIF(m.digest, ''), m.name) AS digest, m.name, m.lineage, m.brand, m.maker, m.bits,
    NULLIF(NULLIF(m.quantization_level, ''), 'unknown') AS quantization, m.parameter_band, CASE WHEN m.is_cloud THEN 1 ELSE 0 END AS is_cloud,
    s.is_decoy, s.tier, s.country, s.asn, m.inventory, m.position
  FROM services AS s JOIN model AS m ON m.inventory = s.inventory
), repeated AS (
  -- Few entries are listed twice at one host: only these are put in order.
  SELECT address, digest, is_cloud FROM entries GROUP BY address, digest, is_cloud HAVING COUNT(*) > 1
), placed AS (
  SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.address, e.digest, e.is_cloud ORDER BY e.name, e.inventory, e.position) AS place
  FROM entries AS e JOIN repeated AS r ON r.address = e.address AND r.digest IS NOT DISTINCT FROM e.digest AND r.is_cloud = e.is_cloud
)
SELECT e.address, e.digest, e.name, e.lineage, e.brand, e.maker, e.bits, e.quantization, e.parameter_band, e.is_cloud,
  e.is_decoy, e.tier, e.country, e.asn
FROM entries AS e LEFT JOIN repeated AS r ON r.address = e.address AND r.digest IS NOT DISTINCT FROM e.digest AND r.is_cloud = e.is_cloud
WHERE r.address IS NULL
UNION ALL SELECT p.address, p.digest, p.name, p.lineage, p.brand, p.maker, p.bits, p.quantization, p.parameter_band, p.is_cloud,
  p.is_decoy, p.tier, p.country, p.asn
FROM placed AS p WHERE p.place = 1
