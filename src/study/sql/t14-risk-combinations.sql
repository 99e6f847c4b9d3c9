-- T14 Risk combinations by tier and persistence
-- Definition: hosts that have every part of a combination, of the hosts of the cell. Parts: tools and vision (S12), a residential network (tier
--   telecom-residential), persistent (more than 100 observations, S9), a prompt or template that takes the guard away, and rag (completion and
--   embedding). Unknown: hosts that surely lack no part, and of which at least one part is not known. Tier unknown: hosts without one.
-- Source: ours; asked for by the study's argument (excessive agency, identity laundering, facts 1.6), which counts none of them.
WITH combinations AS (
  SELECT 1 AS place, 'tools' AS combination UNION ALL SELECT 2, 'tools+vision' UNION ALL SELECT 3, 'tools+vision+residential' UNION ALL
  SELECT 4, 'tools+persistent' UNION ALL SELECT 5, 'tools+guard-off' UNION ALL SELECT 6, 'tools+rag' UNION ALL SELECT 7, 'rag' UNION ALL
  SELECT 8, 'guard-off'
), tiers AS (
  SELECT 1 AS place, 'hyperscaler' AS tier UNION ALL SELECT 2, 'indie-cloud' UNION ALL SELECT 3, 'telecom-residential' UNION ALL
  SELECT 4, 'academic' UNION ALL SELECT 5, 'other' UNION ALL SELECT 6, 'unknown' UNION ALL SELECT 7, 'all'
), classes AS (
  SELECT 1 AS place, 'once' AS persistence UNION ALL SELECT 2, 'some' UNION ALL SELECT 3, 'backbone' UNION ALL SELECT 4, 'all'
), states AS (
  SELECT is_decoy, COALESCE(tier, 'unknown') AS tier, persistence, tools, vision, residential,
    CASE WHEN persistence = 'backbone' THEN 1 ELSE 0 END AS persistent, guard_off, rag, COUNT(*) AS hosts
  FROM study_host GROUP BY is_decoy, COALESCE(tier, 'unknown'), persistence, tools, vision, residential, guard_off, rag
), judged AS (
  SELECT c.is_decoy, c.tier, c.persistence, k.place,
    CASE k.combination
      WHEN 'tools' THEN CASE WHEN c.tools = 0 THEN 0 WHEN c.tools = 1 THEN 1 END
      WHEN 'tools+vision' THEN CASE WHEN c.tools = 0 OR c.vision = 0 THEN 0 WHEN c.tools = 1 AND c.vision = 1 THEN 1 END
      WHEN 'tools+vision+residential' THEN CASE WHEN c.tools = 0 OR c.vision = 0 OR c.residential = 0 THEN 0 WHEN c.tools = 1 AND c.vision = 1 AND c.residential = 1 THEN 1 END
      WHEN 'tools+persistent' THEN CASE WHEN c.tools = 0 OR c.persistent = 0 THEN 0 WHEN c.tools = 1 AND c.persistent = 1 THEN 1 END
      WHEN 'tools+guard-off' THEN CASE WHEN c.tools = 0 OR c.guard_off = 0 THEN 0 WHEN c.tools = 1 AND c.guard_off = 1 THEN 1 END
      WHEN 'tools+rag' THEN CASE WHEN c.tools = 0 OR c.rag = 0 THEN 0 WHEN c.tools = 1 AND c.rag = 1 THEN 1 END
      WHEN 'rag' THEN CASE WHEN c.rag = 0 THEN 0 WHEN c.rag = 1 THEN 1 END
      WHEN 'guard-off' THEN CASE WHEN c.guard_off = 0 THEN 0 WHEN c.guard_off = 1 THEN 1 END
    END AS state, c.hosts
  FROM states AS c CROSS JOIN combinations AS k
), sums AS (
  SELECT p.population, j.place, t.tier, k.persistence, SUM(j.hosts) AS of_hosts,
    SUM(CASE WHEN j.state = 1 THEN j.hosts ELSE 0 END) AS hosts, SUM(CASE WHEN j.state IS NULL THEN j.hosts ELSE 0 END) AS unknown_hosts
  FROM judged AS j
  JOIN study_population AS p ON p.is_decoy = j.is_decoy
  JOIN tiers AS t ON t.tier = j.tier OR t.tier = 'all'
  JOIN classes AS k ON k.persistence = j.persistence OR k.persistence = 'all'
  GROUP BY p.population, j.place, t.tier, k.persistence
), cells AS (
  SELECT DISTINCT q.population, c.place AS combination_place, c.combination, t.place AS tier_place, t.tier, k.place AS class_place, k.persistence
  FROM study_population AS q CROSS JOIN combinations AS c CROSS JOIN tiers AS t CROSS JOIN classes AS k
)
SELECT c.population, c.combination, c.tier, c.persistence, COALESCE(s.hosts, 0) AS hosts, COALESCE(s.of_hosts, 0) AS of_hosts,
  COALESCE(s.unknown_hosts, 0) AS unknown_hosts
FROM cells AS c
LEFT JOIN sums AS s
  ON s.population = c.population AND s.place = c.combination_place AND s.tier = c.tier AND s.persistence = c.persistence
ORDER BY c.population, c.combination_place, c.tier_place, c.class_place
