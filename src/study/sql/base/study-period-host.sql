-- study_period_host
-- Definition: one row a host and period (study_period) in which it was counted, with its traits of output change as 1, 0 or null; lineages is null
--   where a list was not seen or tells none.
-- Source: ours.
WITH inventories AS (
  SELECT inventory, MAX(CASE WHEN lineage IS NOT NULL THEN 1 ELSE 0 END) AS told,
    MAX(CASE WHEN tools_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS tools_had,
    MAX(CASE WHEN tools_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS tools_unknown,
    MAX(CASE WHEN vision_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS vision_had,
    MAX(CASE WHEN vision_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS vision_unknown,
    MAX(CASE WHEN thinking_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS thinking_had,
    MAX(CASE WHEN thinking_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS thinking_unknown,
    MAX(CASE WHEN embedding_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS embedding_had,
    MAX(CASE WHEN embedding_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS embedding_unknown
  FROM model GROUP BY inventory
), totals AS (
  SELECT period, address, CASE WHEN SUM(observations) > 100 THEN 1 ELSE 0 END AS backbone,
    CASE WHEN SUM(running_listed) > 0 THEN CASE WHEN SUM(running_looks) > 0 THEN 1 ELSE 0 END END AS running
  FROM study_period_service GROUP BY period, address
), lists AS (
  SELECT l.period, l.address,
    CASE WHEN MAX(i.tools_had) = 1 THEN 1 WHEN MAX(CASE WHEN l.inventory IS NULL THEN 1 ELSE COALESCE(i.tools_unknown, 0) END) = 1 THEN NULL ELSE 0 END AS tools,
    CASE WHEN MAX(i.vision_had) = 1 THEN 1 WHEN MAX(CASE WHEN l.inventory IS NULL THEN 1 ELSE COALESCE(i.vision_unknown, 0) END) = 1 THEN NULL ELSE 0 END AS vision,
    CASE WHEN MAX(i.thinking_had) = 1 THEN 1 WHEN MAX(CASE WHEN l.inventory IS NULL THEN 1 ELSE COALESCE(i.thinking_unknown, 0) END) = 1 THEN NULL ELSE 0 END AS thinking,
    CASE WHEN MAX(i.embedding_had) = 1 THEN 1 WHEN MAX(CASE WHEN l.inventory IS NULL THEN 1 ELSE COALESCE(i.embedding_unknown, 0) END) = 1 THEN NULL ELSE 0 END AS embedding,
    CASE WHEN MAX(v.cves) > 0 THEN 1 WHEN COUNT(v.cves) < COUNT(*) THEN NULL ELSE 0 END AS cve,
    CASE WHEN MAX(i.told) = 1 THEN 1 WHEN COUNT(l.inventory) = 0 OR COUNT(i.inventory) > 0 THEN NULL ELSE 0 END AS lineages
  FROM study_period_service AS l LEFT JOIN inventories AS i ON i.inventory = l.inventory LEFT JOIN version AS v ON v.version = l.version
  GROUP BY l.period, l.address
)
SELECT t.period, t.address, t.backbone, t.running, l.tools, l.vision, l.thinking, l.embedding, l.cve, l.lineages
FROM totals AS t JOIN lists AS l ON l.period = t.period AND l.address = t.address
