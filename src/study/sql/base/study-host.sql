-- study_host
-- Definition: one row a host with a counted observation; columns and rules S1 to S13 in docs/study.md.
-- Source: facts of the study, metric definitions (host, host-day, uptime, persistent, capability on a host); what it leaves open is ours.
WITH inventories AS (
  SELECT inventory,
    MAX(CASE WHEN completion_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS completion_had,
    MAX(CASE WHEN completion_state = 'advertised' THEN 1 ELSE 0 END) AS completion_told,
    MAX(CASE WHEN completion_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS completion_able,
    MAX(CASE WHEN completion_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS completion_unknown,
    MAX(CASE WHEN tools_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS tools_had,
    MAX(CASE WHEN tools_state = 'advertised' THEN 1 ELSE 0 END) AS tools_told,
    MAX(CASE WHEN tools_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS tools_able,
    MAX(CASE WHEN tools_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS tools_unknown,
    MAX(CASE WHEN thinking_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS thinking_had,
    MAX(CASE WHEN thinking_state = 'advertised' THEN 1 ELSE 0 END) AS thinking_told,
    MAX(CASE WHEN thinking_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS thinking_able,
    MAX(CASE WHEN thinking_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS thinking_unknown,
    MAX(CASE WHEN vision_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS vision_had,
    MAX(CASE WHEN vision_state = 'advertised' THEN 1 ELSE 0 END) AS vision_told,
    MAX(CASE WHEN vision_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS vision_able,
    MAX(CASE WHEN vision_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS vision_unknown,
    MAX(CASE WHEN insert_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS insert_had,
    MAX(CASE WHEN insert_state = 'advertised' THEN 1 ELSE 0 END) AS insert_told,
    MAX(CASE WHEN insert_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS insert_able,
    MAX(CASE WHEN insert_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS insert_unknown,
    MAX(CASE WHEN embedding_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS embedding_had,
    MAX(CASE WHEN embedding_state = 'advertised' THEN 1 ELSE 0 END) AS embedding_told,
    MAX(CASE WHEN embedding_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS embedding_able,
    MAX(CASE WHEN embedding_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS embedding_unknown,
    MAX(CASE WHEN image_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS image_had,
    MAX(CASE WHEN image_state = 'advertised' THEN 1 ELSE 0 END) AS image_told,
    MAX(CASE WHEN image_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS image_able,
    MAX(CASE WHEN image_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS image_unknown,
    MAX(CASE WHEN audio_state IN ('advertised', 'inferred') THEN 1 ELSE 0 END) AS audio_had,
    MAX(CASE WHEN audio_state = 'advertised' THEN 1 ELSE 0 END) AS audio_told,
    MAX(CASE WHEN audio_state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS audio_able,
    MAX(CASE WHEN audio_state IN ('advertised', 'inferred', 'absent') THEN 0 ELSE 1 END) AS audio_unknown
  FROM model
  WHERE inventory IN (SELECT inventory FROM counted)
  GROUP BY inventory
), services AS (
  SELECT c.address, c.version, c.version_rank, c.model_count, c.running_count, c.first_seen, c.last_seen,
    ROW_NUMBER() OVER (
      PARTITION BY c.address ORDER BY c.last_seen DESC, c.port, c.scheme, COALESCE(c.host_name, ''), c.base_path
    ) AS recency,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE 0 END AS unlisted,
    COALESCE(i.completion_had, 0) AS completion_had,
    COALESCE(i.completion_told, 0) AS completion_told,
    COALESCE(i.completion_able, 0) AS completion_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.completion_unknown, 0) END AS completion_unknown,
    COALESCE(i.tools_had, 0) AS tools_had,
    COALESCE(i.tools_told, 0) AS tools_told,
    COALESCE(i.tools_able, 0) AS tools_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.tools_unknown, 0) END AS tools_unknown,
    COALESCE(i.thinking_had, 0) AS thinking_had,
    COALESCE(i.thinking_told, 0) AS thinking_told,
    COALESCE(i.thinking_able, 0) AS thinking_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.thinking_unknown, 0) END AS thinking_unknown,
    COALESCE(i.vision_had, 0) AS vision_had,
    COALESCE(i.vision_told, 0) AS vision_told,
    COALESCE(i.vision_able, 0) AS vision_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.vision_unknown, 0) END AS vision_unknown,
    COALESCE(i.insert_had, 0) AS insert_had,
    COALESCE(i.insert_told, 0) AS insert_told,
    COALESCE(i.insert_able, 0) AS insert_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.insert_unknown, 0) END AS insert_unknown,
    COALESCE(i.embedding_had, 0) AS embedding_had,
    COALESCE(i.embedding_told, 0) AS embedding_told,
    COALESCE(i.embedding_able, 0) AS embedding_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.embedding_unknown, 0) END AS embedding_unknown,
    COALESCE(i.image_had, 0) AS image_had,
    COALESCE(i.image_told, 0) AS image_told,
    COALESCE(i.image_able, 0) AS image_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.image_unknown, 0) END AS image_unknown,
    COALESCE(i.audio_had, 0) AS audio_had,
    COALESCE(i.audio_told, 0) AS audio_told,
    COALESCE(i.audio_able, 0) AS audio_able,
    CASE WHEN c.inventory IS NULL THEN 1 ELSE COALESCE(i.audio_unknown, 0) END AS audio_unknown
  FROM counted AS c LEFT JOIN inventories AS i ON i.inventory = c.inventory
), hosts AS (
  SELECT address, COUNT(*) AS services, CAST(MIN(first_seen) AS DATE) AS first_day, CAST(MAX(last_seen) AS DATE) AS last_day,
    MAX(CASE WHEN recency = 1 THEN version END) AS version,
    MAX(CASE WHEN recency = 1 THEN version_rank END) AS version_rank,
    SUM(model_count) AS models, SUM(running_count) AS running,
    CASE WHEN MAX(completion_had) = 1 THEN 1 WHEN MAX(completion_unknown) = 1 THEN NULL ELSE 0 END AS completion,
    MAX(completion_told) AS completion_told, MAX(completion_able) AS completion_able,
    CASE WHEN MAX(tools_had) = 1 THEN 1 WHEN MAX(tools_unknown) = 1 THEN NULL ELSE 0 END AS tools,
    MAX(tools_told) AS tools_told, MAX(tools_able) AS tools_able,
    CASE WHEN MAX(thinking_had) = 1 THEN 1 WHEN MAX(thinking_unknown) = 1 THEN NULL ELSE 0 END AS thinking,
    MAX(thinking_told) AS thinking_told, MAX(thinking_able) AS thinking_able,
    CASE WHEN MAX(vision_had) = 1 THEN 1 WHEN MAX(vision_unknown) = 1 THEN NULL ELSE 0 END AS vision,
    MAX(vision_told) AS vision_told, MAX(vision_able) AS vision_able,
    CASE WHEN MAX(insert_had) = 1 THEN 1 WHEN MAX(insert_unknown) = 1 THEN NULL ELSE 0 END AS insert_state,
    MAX(insert_told) AS insert_told, MAX(insert_able) AS insert_able,
    CASE WHEN MAX(embedding_had) = 1 THEN 1 WHEN MAX(embedding_unknown) = 1 THEN NULL ELSE 0 END AS embedding,
    MAX(embedding_told) AS embedding_told, MAX(embedding_able) AS embedding_able,
    CASE WHEN MAX(image_had) = 1 THEN 1 WHEN MAX(image_unknown) = 1 THEN NULL ELSE 0 END AS image,
    MAX(image_told) AS image_told, MAX(image_able) AS image_able,
    CASE WHEN MAX(audio_had) = 1 THEN 1 WHEN MAX(audio_unknown) = 1 THEN NULL ELSE 0 END AS audio,
    MAX(audio_told) AS audio_told, MAX(audio_able) AS audio_able
  FROM services GROUP BY address
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
