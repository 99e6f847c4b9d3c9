-- F3 Hosts by capability
-- Definition: hosts that have each capability, advertised or inferred (S12), of all hosts. Servers from before the word existed cannot say
-- it: a lower bound. What is advertised is not what is wired up. Unknown: nothing tells of it.
-- Source: published rows 43 to 47; output F3.
WITH items AS (
  SELECT 1 AS place, 'completion' AS item UNION ALL SELECT 2, 'tools' UNION ALL SELECT 3, 'thinking' UNION ALL SELECT 4, 'vision'
  UNION ALL SELECT 5, 'insert' UNION ALL SELECT 6, 'embedding' UNION ALL SELECT 7, 'image' UNION ALL SELECT 8, 'audio'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
), alike AS (
  SELECT is_decoy, completion, tools, thinking, vision, insert_state, embedding, image, audio, COUNT(*) AS hosts
  FROM study_host
  GROUP BY is_decoy, completion, tools, thinking, vision, insert_state, embedding, image, audio
), states AS (
  SELECT p.population, i.item, a.hosts,
    CASE i.item WHEN 'completion' THEN a.completion WHEN 'tools' THEN a.tools WHEN 'thinking' THEN a.thinking WHEN 'vision' THEN a.vision
      WHEN 'insert' THEN a.insert_state WHEN 'embedding' THEN a.embedding WHEN 'image' THEN a.image ELSE a.audio END AS had
  FROM alike AS a JOIN study_population AS p ON p.is_decoy = a.is_decoy CROSS JOIN items AS i
)
SELECT c.population, c.item, COALESCE(SUM(CASE WHEN s.had = 1 THEN s.hosts END), 0) AS counted, COALESCE(SUM(s.hosts), 0) AS of_units,
  COALESCE(SUM(CASE WHEN s.had IS NULL THEN s.hosts END), 0) AS unknown_units
FROM cells AS c LEFT JOIN states AS s ON s.population = c.population AND s.item = c.item
GROUP BY c.population, c.place, c.item
ORDER BY c.population, c.place
