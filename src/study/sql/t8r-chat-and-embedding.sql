-- T8r Chat and embedding on one host
-- Definition: hosts that have both completion and embedding (S12), a sign of retrieval (RAG), of all hosts. Unknown: neither both, nor one of them
-- surely absent.
-- Source: published row 37; output T8.
WITH populations AS (
  SELECT DISTINCT population FROM study_population
), hosts AS (
  SELECT p.population, COUNT(*) AS of_units, SUM(CASE WHEN h.rag = 1 THEN 1 ELSE 0 END) AS counted,
    SUM(CASE WHEN h.rag IS NULL THEN 1 ELSE 0 END) AS unknown_units
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population
)
SELECT p.population, 'chat-and-embedding' AS item, COALESCE(h.counted, 0) AS counted, COALESCE(h.of_units, 0) AS of_units,
  COALESCE(h.unknown_units, 0) AS unknown_units
FROM populations AS p LEFT JOIN hosts AS h ON h.population = p.population
ORDER BY p.population
