-- change Hosts by trait in two periods, and whose change it is
-- Definition: hosts seen in each of two periods (study_period: whole months), by what the last counted observation of each of their services in
--   that period told (S5): tools, vision, thinking, embedding (S12); running, a model loaded at any observation that showed the list; cve, the
--   version of a service indicates one; backbone, more than 100 observations in the period; and the ten lineages that most hosts of either
--   period list. Of every tier and of all: hosts with the trait, all, and those of which it is not known, before and after; of the hosts of both
--   periods those that gained and that lost it; of the hosts of one period alone those with it, and all. A host stays in the tier of its place
--   (S6). Not known counts as not had: what becomes visible between the periods looks like a gain, by as many as the unknown tell at most.
-- Source: ours; asked for beside the published outputs.
WITH hosts AS (
  SELECT s.address, MAX(CASE WHEN s.period = 'before' THEN 1 ELSE 0 END) AS in_before, MAX(CASE WHEN s.period = 'after' THEN 1 ELSE 0 END) AS in_after,
    MAX(CASE WHEN s.period = 'before' THEN s.tools END) AS tools_before, MAX(CASE WHEN s.period = 'after' THEN s.tools END) AS tools_after,
    MAX(CASE WHEN s.period = 'before' THEN s.vision END) AS vision_before, MAX(CASE WHEN s.period = 'after' THEN s.vision END) AS vision_after,
    MAX(CASE WHEN s.period = 'before' THEN s.thinking END) AS thinking_before, MAX(CASE WHEN s.period = 'after' THEN s.thinking END) AS thinking_after,
    MAX(CASE WHEN s.period = 'before' THEN s.embedding END) AS embedding_before, MAX(CASE WHEN s.period = 'after' THEN s.embedding END) AS embedding_after,
    MAX(CASE WHEN s.period = 'before' THEN s.running END) AS running_before, MAX(CASE WHEN s.period = 'after' THEN s.running END) AS running_after,
    MAX(CASE WHEN s.period = 'before' THEN s.cve END) AS cve_before, MAX(CASE WHEN s.period = 'after' THEN s.cve END) AS cve_after,
    MAX(CASE WHEN s.period = 'before' THEN s.backbone END) AS backbone_before, MAX(CASE WHEN s.period = 'after' THEN s.backbone END) AS backbone_after,
    MAX(CASE WHEN s.period = 'before' THEN s.lineages END) AS lineages_before, MAX(CASE WHEN s.period = 'after' THEN s.lineages END) AS lineages_after
  FROM study_period_host AS s GROUP BY s.address
), mixes AS (
  SELECT p.is_decoy, COALESCE(p.tier, 'unknown') AS tier, h.in_before, h.in_after,
    h.tools_before, h.tools_after, h.vision_before, h.vision_after, h.thinking_before, h.thinking_after, h.embedding_before, h.embedding_after, h.running_before, h.running_after, h.cve_before, h.cve_after, h.backbone_before, h.backbone_after, h.lineages_before, h.lineages_after, COUNT(*) AS hosts
  FROM hosts AS h JOIN study_host AS p ON p.address = h.address
  GROUP BY p.is_decoy, COALESCE(p.tier, 'unknown'), h.in_before, h.in_after,
    h.tools_before, h.tools_after, h.vision_before, h.vision_after, h.thinking_before, h.thinking_after, h.embedding_before, h.embedding_after, h.running_before, h.running_after, h.cve_before, h.cve_after, h.backbone_before, h.backbone_after, h.lineages_before, h.lineages_after
), holders AS (
  SELECT address, lineage, MAX(CASE WHEN period = 'before' THEN 1 ELSE 0 END) AS had_before, MAX(CASE WHEN period = 'after' THEN 1 ELSE 0 END) AS had_after
  FROM study_period_lineage GROUP BY address, lineage
), leaders AS (
  SELECT lineage, COUNT(*) AS hosts FROM holders GROUP BY lineage ORDER BY hosts DESC, lineage LIMIT 10
), traits AS (
  SELECT 1 AS place, 'tools' AS trait UNION ALL SELECT 2, 'vision' UNION ALL SELECT 3, 'thinking' UNION ALL SELECT 4, 'embedding' UNION ALL
  SELECT 5, 'running' UNION ALL SELECT 6, 'cve' UNION ALL SELECT 7, 'backbone'
  UNION ALL SELECT 7 + ROW_NUMBER() OVER (ORDER BY hosts DESC, lineage), CONCAT('lineage:', lineage) FROM leaders
), tiers AS (
  SELECT 1 AS place, 'hyperscaler' AS tier UNION ALL SELECT 2, 'indie-cloud' UNION ALL SELECT 3, 'telecom-residential' UNION ALL
  SELECT 4, 'academic' UNION ALL SELECT 5, 'other' UNION ALL SELECT 6, 'unknown' UNION ALL SELECT 7, 'all'
), rows_of_traits AS (
  SELECT h.is_decoy, h.tier, t.trait, h.in_before, h.in_after, h.hosts,
    CASE t.trait WHEN 'tools' THEN h.tools_before WHEN 'vision' THEN h.vision_before WHEN 'thinking' THEN h.thinking_before
        WHEN 'embedding' THEN h.embedding_before WHEN 'running' THEN h.running_before WHEN 'cve' THEN h.cve_before
        WHEN 'backbone' THEN h.backbone_before END AS state_before,
    CASE t.trait WHEN 'tools' THEN h.tools_after WHEN 'vision' THEN h.vision_after WHEN 'thinking' THEN h.thinking_after
        WHEN 'embedding' THEN h.embedding_after WHEN 'running' THEN h.running_after WHEN 'cve' THEN h.cve_after
        WHEN 'backbone' THEN h.backbone_after END AS state_after
  FROM mixes AS h CROSS JOIN traits AS t WHERE t.place <= 7
  UNION ALL
  SELECT h.is_decoy, h.tier, t.trait, h.in_before, h.in_after, h.hosts, CASE WHEN h.lineages_before IS NOT NULL THEN 0 END,
    CASE WHEN h.lineages_after IS NOT NULL THEN 0 END
  FROM mixes AS h CROSS JOIN traits AS t WHERE t.place > 7
), held AS (
  SELECT p.is_decoy, COALESCE(p.tier, 'unknown') AS tier, CONCAT('lineage:', d.lineage) AS trait, h.in_before, h.in_after, d.had_before, d.had_after,
    COUNT(*) AS hosts
  FROM holders AS d
  JOIN leaders AS g ON g.lineage = d.lineage
  JOIN hosts AS h ON h.address = d.address
  JOIN study_host AS p ON p.address = d.address
  GROUP BY p.is_decoy, COALESCE(p.tier, 'unknown'), d.lineage, h.in_before, h.in_after, d.had_before, d.had_after
), counts AS (
  SELECT is_decoy, tier, trait, in_before, in_after, state_before AS had_before, state_after AS had_after, hosts, hosts AS of_hosts,
    CASE WHEN in_before = 1 AND state_before IS NULL THEN hosts ELSE 0 END AS before_unknown,
    CASE WHEN in_after = 1 AND state_after IS NULL THEN hosts ELSE 0 END AS after_unknown
  FROM rows_of_traits
  UNION ALL
  SELECT is_decoy, tier, trait, in_before, in_after, had_before, had_after, hosts, 0, 0, 0 FROM held
), sums AS (
  SELECT is_decoy, tier, trait, SUM(CASE WHEN had_before = 1 THEN hosts ELSE 0 END) AS before_hosts, SUM(in_before * of_hosts) AS before_of,
    SUM(before_unknown) AS before_unknown, SUM(CASE WHEN had_after = 1 THEN hosts ELSE 0 END) AS after_hosts, SUM(in_after * of_hosts) AS after_of,
    SUM(after_unknown) AS after_unknown,
    SUM(CASE WHEN in_before = 1 AND in_after = 1 AND had_after = 1 AND COALESCE(had_before, 0) = 0 THEN hosts ELSE 0 END) AS stayed_gained,
    SUM(CASE WHEN in_before = 1 AND in_after = 1 AND had_before = 1 AND COALESCE(had_after, 0) = 0 THEN hosts ELSE 0 END) AS stayed_lost,
    SUM(CASE WHEN in_before = 0 AND had_after = 1 THEN hosts ELSE 0 END) AS joined_with, SUM((1 - in_before) * of_hosts) AS joined_of,
    SUM(CASE WHEN in_after = 0 AND had_before = 1 THEN hosts ELSE 0 END) AS left_with, SUM((1 - in_after) * of_hosts) AS left_of
  FROM counts GROUP BY is_decoy, tier, trait
), cells AS (
  SELECT p.population, p.is_decoy, t.place AS tier_place, t.tier, r.place AS trait_place, r.trait
  FROM study_population AS p CROSS JOIN tiers AS t CROSS JOIN traits AS r
)
SELECT c.population, c.tier, c.trait, COALESCE(SUM(s.before_hosts), 0) AS before_hosts, COALESCE(SUM(s.before_of), 0) AS before_of, COALESCE(SUM(s.before_unknown), 0) AS before_unknown,
  COALESCE(SUM(s.after_hosts), 0) AS after_hosts, COALESCE(SUM(s.after_of), 0) AS after_of, COALESCE(SUM(s.after_unknown), 0) AS after_unknown,
  COALESCE(SUM(s.stayed_gained), 0) AS stayed_gained, COALESCE(SUM(s.stayed_lost), 0) AS stayed_lost,
  COALESCE(SUM(s.joined_with), 0) AS joined_with, COALESCE(SUM(s.joined_of), 0) AS joined_of, COALESCE(SUM(s.left_with), 0) AS left_with, COALESCE(SUM(s.left_of), 0) AS left_of
FROM cells AS c LEFT JOIN sums AS s ON s.is_decoy = c.is_decoy AND s.trait = c.trait AND (s.tier = c.tier OR c.tier = 'all')
GROUP BY c.population, c.tier_place, c.tier, c.trait_place, c.trait
ORDER BY c.population, c.tier_place, c.trait_place
