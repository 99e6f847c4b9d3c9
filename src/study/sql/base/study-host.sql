-- study_host
-- Definition: one row a host with a counted observation; columns and rules S1 to S13 in docs/study.md.
-- Source: facts of the study, metric definitions (host, host-day, uptime, persistent, capability on a host); what it leaves open is ours.
WITH services AS (
  SELECT address, port, scheme, host_name, base_path, version, version_rank, inventory, model_count, running_count, first_seen, last_seen
  FROM counted
), sums AS (
  SELECT address, COUNT(*) AS services, CAST(MIN(first_seen) AS DATE) AS first_day, CAST(MAX(last_seen) AS DATE) AS last_day,
    MAX(version) AS version, MAX(version_rank) AS version_rank, SUM(model_count) AS models, SUM(running_count) AS running,
    MAX(CASE WHEN inventory IS NULL THEN 1 ELSE 0 END) AS unlisted
  FROM services GROUP BY address
), recent AS (
  -- Only where a host has several services, the latest is looked for.
  SELECT address, version, version_rank, ROW_NUMBER() OVER (
      PARTITION BY address ORDER BY last_seen DESC, port, scheme, COALESCE(host_name, ''), base_path
    ) AS recency
  FROM services WHERE address IN (SELECT address FROM sums WHERE services > 1)
), abilities AS (
  -- Each state as a number: 3 told, 2 inferred, 1 not known, 0 absent. And whether anybody told of it, either way.
  SELECT s.address,
    MAX(CASE m.completion_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS completion_most,
    MAX(CASE WHEN m.completion_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS completion_able,
    MAX(CASE m.tools_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS tools_most,
    MAX(CASE WHEN m.tools_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS tools_able,
    MAX(CASE m.thinking_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS thinking_most,
    MAX(CASE WHEN m.thinking_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS thinking_able,
    MAX(CASE m.vision_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS vision_most,
    MAX(CASE WHEN m.vision_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS vision_able,
    MAX(CASE m.insert_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS insert_most,
    MAX(CASE WHEN m.insert_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS insert_able,
    MAX(CASE m.embedding_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS embedding_most,
    MAX(CASE WHEN m.embedding_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS embedding_able,
    MAX(CASE m.image_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS image_most,
    MAX(CASE WHEN m.image_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS image_able,
    MAX(CASE m.audio_state WHEN 'advertised' THEN 3 WHEN 'inferred' THEN 2 WHEN 'absent' THEN 0 ELSE 1 END) AS audio_most,
    MAX(CASE WHEN m.audio_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS audio_able
  FROM services AS s JOIN model AS m ON m.inventory = s.inventory
  GROUP BY s.address
), hosts AS (
  SELECT s.address, s.services, s.first_day, s.last_day, s.models, s.running,
    CASE WHEN s.services = 1 THEN s.version ELSE r.version END AS version,
    CASE WHEN s.services = 1 THEN s.version_rank ELSE r.version_rank END AS version_rank,
    CASE WHEN a.completion_most >= 2 THEN 1 WHEN a.completion_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS completion,
    CASE WHEN a.completion_most = 3 THEN 1 ELSE 0 END AS completion_told, CASE WHEN a.completion_able = 1 THEN 1 ELSE 0 END AS completion_able,
    CASE WHEN a.tools_most >= 2 THEN 1 WHEN a.tools_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS tools,
    CASE WHEN a.tools_most = 3 THEN 1 ELSE 0 END AS tools_told, CASE WHEN a.tools_able = 1 THEN 1 ELSE 0 END AS tools_able,
    CASE WHEN a.thinking_most >= 2 THEN 1 WHEN a.thinking_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS thinking,
    CASE WHEN a.thinking_most = 3 THEN 1 ELSE 0 END AS thinking_told, CASE WHEN a.thinking_able = 1 THEN 1 ELSE 0 END AS thinking_able,
    CASE WHEN a.vision_most >= 2 THEN 1 WHEN a.vision_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS vision,
    CASE WHEN a.vision_most = 3 THEN 1 ELSE 0 END AS vision_told, CASE WHEN a.vision_able = 1 THEN 1 ELSE 0 END AS vision_able,
    CASE WHEN a.insert_most >= 2 THEN 1 WHEN a.insert_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS insert_state,
    CASE WHEN a.insert_most = 3 THEN 1 ELSE 0 END AS insert_told, CASE WHEN a.insert_able = 1 THEN 1 ELSE 0 END AS insert_able,
    CASE WHEN a.embedding_most >= 2 THEN 1 WHEN a.embedding_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS embedding,
    CASE WHEN a.embedding_most = 3 THEN 1 ELSE 0 END AS embedding_told, CASE WHEN a.embedding_able = 1 THEN 1 ELSE 0 END AS embedding_able,
    CASE WHEN a.image_most >= 2 THEN 1 WHEN a.image_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS image,
    CASE WHEN a.image_most = 3 THEN 1 ELSE 0 END AS image_told, CASE WHEN a.image_able = 1 THEN 1 ELSE 0 END AS image_able,
    CASE WHEN a.audio_most >= 2 THEN 1 WHEN a.audio_most = 1 OR s.unlisted = 1 THEN NULL ELSE 0 END AS audio,
    CASE WHEN a.audio_most = 3 THEN 1 ELSE 0 END AS audio_told, CASE WHEN a.audio_able = 1 THEN 1 ELSE 0 END AS audio_able
  FROM sums AS s
  LEFT JOIN recent AS r ON r.address = s.address AND r.recency = 1
  LEFT JOIN abilities AS a ON a.address = s.address
), seen AS (
  SELECT address, SUM(observations) AS observations, SUM(days) AS days FROM host_month GROUP BY address
), partial_seen AS (
  SELECT host_day.address, COUNT(*) AS days
  FROM host_day JOIN study_day ON study_day.day = host_day.day
  WHERE study_day.is_partial = 1
  GROUP BY host_day.address
), attempts AS (
  SELECT day, attempted * (1 - is_partial) AS whole,
    SUM(attempted * (1 - is_partial)) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
  FROM study_day
), whole_days AS (
  SELECT SUM(whole) AS days FROM attempts
), prompts AS (
  SELECT address, MAX(CASE WHEN system_class <> 'none' THEN 1 ELSE 0 END) AS system_seen,
    MAX(CASE WHEN system_class = 'guard-off' OR template_class = 'guard-off' THEN 1 ELSE 0 END) AS guard_off
  FROM prompt GROUP BY address
), decoys AS (
  SELECT address, MAX(CASE WHEN decoy_class = 'likely-decoy' THEN 1 ELSE 0 END) AS is_decoy FROM decoy GROUP BY address
), counts AS (
  SELECT h.*, s.observations, s.days, s.days - COALESCE(p.days, 0) AS whole_days,
    last_attempt.so_far - first_attempt.so_far + first_attempt.whole AS attempts, w.days AS window_days
  FROM hosts AS h
  JOIN seen AS s ON s.address = h.address
  LEFT JOIN partial_seen AS p ON p.address = h.address
  JOIN attempts AS first_attempt ON first_attempt.day = h.first_day
  JOIN attempts AS last_attempt ON last_attempt.day = h.last_day
  CROSS JOIN whole_days AS w
)
SELECT c.address, place.country, place.region, network.asn, network.organisation, network.network_type, network.tier,
  COALESCE(decoys.is_decoy, 0) AS is_decoy, c.first_day, c.last_day, c.observations, c.days, c.whole_days,
  CASE WHEN c.attempts > 0 THEN CAST(c.whole_days AS DOUBLE) / c.attempts END AS uptime,
  CASE WHEN c.window_days > 0 THEN CAST(c.whole_days AS DOUBLE) / c.window_days END AS presence,
  CASE WHEN c.observations = 1 THEN 'once' WHEN c.observations <= 100 THEN 'some' ELSE 'backbone' END AS persistence,
  CASE WHEN c.window_days = 0 THEN NULL WHEN c.days = 1 THEN 'one-day'
    WHEN c.whole_days < 0.34 * c.window_days THEN 'below-34' ELSE 'from-34' END AS presence_class,
  c.services, c.version, c.version_rank, v.cves AS version_cves, c.models, c.running,
  c.completion, c.tools, c.thinking, c.vision, c.insert_state, c.embedding, c.image, c.audio,
  c.completion_able, c.completion_told,
  c.tools_able, c.tools_told,
  c.thinking_able, c.thinking_told,
  c.vision_able, c.vision_told,
  c.insert_able, c.insert_told,
  c.embedding_able, c.embedding_told,
  c.image_able, c.image_told,
  c.audio_able, c.audio_told,
  CASE WHEN c.completion + c.tools + c.thinking + c.vision + c.insert_state + c.embedding IS NULL THEN NULL
    WHEN COALESCE(c.completion, 0) + COALESCE(c.tools, 0) + COALESCE(c.thinking, 0) + COALESCE(c.vision, 0) + COALESCE(c.insert_state, 0) + COALESCE(c.embedding, 0) + COALESCE(c.image, 0) + COALESCE(c.audio, 0) = 0 THEN 'none'
    ELSE SUBSTR(CONCAT(
      CASE WHEN c.audio = 1 THEN '+audio' ELSE '' END,
      CASE WHEN c.completion = 1 THEN '+completion' ELSE '' END,
      CASE WHEN c.embedding = 1 THEN '+embedding' ELSE '' END,
      CASE WHEN c.image = 1 THEN '+image' ELSE '' END,
      CASE WHEN c.insert_state = 1 THEN '+insert' ELSE '' END,
      CASE WHEN c.thinking = 1 THEN '+thinking' ELSE '' END,
      CASE WHEN c.tools = 1 THEN '+tools' ELSE '' END,
      CASE WHEN c.vision = 1 THEN '+vision' ELSE '' END), 2) END AS capability_set,
  CASE WHEN prompts.address IS NULL THEN 0 ELSE 1 END AS prompt_seen, COALESCE(prompts.system_seen, 0) AS system_seen,
  prompts.guard_off,
  CASE WHEN c.completion = 1 AND c.embedding = 1 THEN 1 WHEN c.completion = 0 OR c.embedding = 0 THEN 0 END AS rag,
  CASE WHEN network.tier IS NOT NULL THEN CASE WHEN network.tier = 'telecom-residential' THEN 1 ELSE 0 END END AS residential
FROM counts AS c
LEFT JOIN host AS place ON place.address = c.address
LEFT JOIN network ON network.address = c.address
LEFT JOIN decoys ON decoys.address = c.address
LEFT JOIN prompts ON prompts.address = c.address
LEFT JOIN version AS v ON v.version = c.version
