-- F3b Capabilities of the hosts that can tell
-- Definition: hosts that advertise each capability, of the hosts that can tell: those of which a list that could have held the word was seen
-- (S12). Nothing inferred counts. Unknown: the hosts that cannot tell, beside the denominator.
-- Source: published rows 43 to 47, with the second denominator that pitfall 2 of the facts asks for; ours.
WITH items AS (
  SELECT 1 AS place, 'completion' AS item UNION ALL SELECT 2, 'tools' UNION ALL SELECT 3, 'thinking' UNION ALL SELECT 4, 'vision'
  UNION ALL SELECT 5, 'insert' UNION ALL SELECT 6, 'embedding' UNION ALL SELECT 7, 'image' UNION ALL SELECT 8, 'audio'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
), alike AS (
  SELECT is_decoy, completion_told, tools_told, thinking_told, vision_told, insert_told, embedding_told, image_told, audio_told,
    completion_able, tools_able, thinking_able, vision_able, insert_able, embedding_able, image_able, audio_able, COUNT(*) AS hosts
  FROM study_host
  GROUP BY is_decoy, completion_told, tools_told, thinking_told, vision_told, insert_told, embedding_told, image_told, audio_told,
    completion_able, tools_able, thinking_able, vision_able, insert_able, embedding_able, image_able, audio_able
), states AS (
  SELECT p.population, i.item, a.hosts,
    CASE i.item WHEN 'completion' THEN a.completion_told WHEN 'tools' THEN a.tools_told WHEN 'thinking' THEN a.thinking_told
      WHEN 'vision' THEN a.vision_told WHEN 'insert' THEN a.insert_told WHEN 'embedding' THEN a.embedding_told
      WHEN 'image' THEN a.image_told ELSE a.audio_told END AS told,
    CASE i.item WHEN 'completion' THEN a.completion_able WHEN 'tools' THEN a.tools_able WHEN 'thinking' THEN a.thinking_able
      WHEN 'vision' THEN a.vision_able WHEN 'insert' THEN a.insert_able WHEN 'embedding' THEN a.embedding_able
      WHEN 'image' THEN a.image_able ELSE a.audio_able END AS able
  FROM alike AS a JOIN study_population AS p ON p.is_decoy = a.is_decoy CROSS JOIN items AS i
)
SELECT c.population, c.item, COALESCE(SUM(CASE WHEN s.able = 1 AND s.told = 1 THEN s.hosts END), 0) AS counted,
  COALESCE(SUM(CASE WHEN s.able = 1 THEN s.hosts END), 0) AS of_units,
  COALESCE(SUM(CASE WHEN s.able = 0 THEN s.hosts END), 0) AS unknown_units
FROM cells AS c LEFT JOIN states AS s ON s.population = c.population AND s.item = c.item
GROUP BY c.population, c.place, c.item
ORDER BY c.population, c.place
