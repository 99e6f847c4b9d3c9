-- study_instance
-- Definition: one row a host and distinct model of its last lists (docs/study.md S5, S10), cloud stubs marked.
-- Source: facts of the study, metric definitions (bit-width share: over model instances, host and digest).
WITH entries AS (
  SELECT c.address, COALESCE(NULLIF(m.digest, ''), m.name) AS digest, m.name, m.lineage, m.brand, m.maker, m.bits,
    NULLIF(NULLIF(m.quantization_level, ''), 'unknown') AS quantization, m.parameter_band, CASE WHEN m.is_cloud THEN 1 ELSE 0 END AS is_cloud,
    ROW_NUMBER() OVER (
      PARTITION BY c.address, COALESCE(NULLIF(m.digest, ''), m.name), CASE WHEN m.is_cloud THEN 1 ELSE 0 END
      ORDER BY m.name, m.inventory, m.position
    ) AS place
  FROM counted AS c JOIN model AS m ON m.inventory = c.inventory
)
SELECT e.address, e.digest, e.name, e.lineage, e.brand, e.maker, e.bits, e.quantization, e.parameter_band, e.is_cloud,
  h.is_decoy, h.tier, h.country, h.asn
FROM entries AS e JOIN study_host AS h ON h.address = e.address
WHERE e.place = 1
