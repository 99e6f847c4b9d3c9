-- T11b Hosts by pair of capabilities
-- Definition: hosts that have both words of a pair (S12), of all hosts. Unknown: hosts that do not surely have both, and surely lack neither.
-- Source: output T11 (co-occurrence); published row 44.
WITH pairs AS (
  SELECT 1 AS place, 'completion' AS word_a, 'tools' AS word_b UNION ALL
  SELECT 2, 'completion', 'thinking' UNION ALL
  SELECT 3, 'completion', 'vision' UNION ALL
  SELECT 4, 'completion', 'insert' UNION ALL
  SELECT 5, 'completion', 'embedding' UNION ALL
  SELECT 6, 'tools', 'thinking' UNION ALL
  SELECT 7, 'tools', 'vision' UNION ALL
  SELECT 8, 'tools', 'insert' UNION ALL
  SELECT 9, 'tools', 'embedding' UNION ALL
  SELECT 10, 'thinking', 'vision' UNION ALL
  SELECT 11, 'thinking', 'insert' UNION ALL
  SELECT 12, 'thinking', 'embedding' UNION ALL
  SELECT 13, 'vision', 'insert' UNION ALL
  SELECT 14, 'vision', 'embedding' UNION ALL
  SELECT 15, 'insert', 'embedding'
), states AS (
  SELECT is_decoy, completion, tools, thinking, vision, insert_state, embedding, COUNT(*) AS hosts
  FROM study_host GROUP BY is_decoy, completion, tools, thinking, vision, insert_state, embedding
), both_states AS (
  SELECT s.is_decoy, s.hosts, p.place,
    CASE p.word_a WHEN 'completion' THEN s.completion WHEN 'tools' THEN s.tools WHEN 'thinking' THEN s.thinking WHEN 'vision' THEN s.vision WHEN 'insert' THEN s.insert_state WHEN 'embedding' THEN s.embedding END AS state_a,
    CASE p.word_b WHEN 'completion' THEN s.completion WHEN 'tools' THEN s.tools WHEN 'thinking' THEN s.thinking WHEN 'vision' THEN s.vision WHEN 'insert' THEN s.insert_state WHEN 'embedding' THEN s.embedding END AS state_b
  FROM states AS s CROSS JOIN pairs AS p
), sums AS (
  SELECT p.population, b.place, SUM(b.hosts) AS of_hosts,
    SUM(CASE WHEN b.state_a = 1 AND b.state_b = 1 THEN b.hosts ELSE 0 END) AS hosts,
    SUM(CASE WHEN b.state_a + b.state_b IS NULL AND COALESCE(b.state_a, 1) = 1 AND COALESCE(b.state_b, 1) = 1 THEN b.hosts ELSE 0 END)
      AS unknown_hosts
  FROM both_states AS b JOIN study_population AS p ON p.is_decoy = b.is_decoy
  GROUP BY p.population, b.place
), cells AS (
  SELECT DISTINCT q.population, p.place, p.word_a, p.word_b FROM study_population AS q CROSS JOIN pairs AS p
)
SELECT c.population, c.word_a, c.word_b, COALESCE(s.hosts, 0) AS hosts, COALESCE(s.of_hosts, 0) AS of_hosts,
  COALESCE(s.unknown_hosts, 0) AS unknown_hosts
FROM cells AS c LEFT JOIN sums AS s ON s.population = c.population AND s.place = c.place
ORDER BY c.population, c.place
