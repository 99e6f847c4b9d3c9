-- machines Machines behind addresses
-- Definition: the text modified_at of a model with four digits of a second or more, the first four not all zero, marks one pull on one machine;
--   the smallest such text of a list (S5) is its mark. Addresses; those with a mark; lower: distinct marks, at least 1 where there is an address; upper: distinct
--   pairs of address and mark, and the addresses without any. Copied disk images make the lower too small, reused addresses and a removed oldest
--   model too large; no pair is told.
-- Source: ours; times of a manifest are the file's own (ollama/ollama server/routes.go). Asked for beside the published outputs.
WITH hosts AS (
  SELECT p.population, COUNT(*) AS addresses
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy GROUP BY p.population
), sums AS (
  SELECT p.population, COUNT(DISTINCT m.address) AS stamped, COUNT(DISTINCT m.mark) AS marks, COUNT(*) AS pairs
  FROM study_pull AS m JOIN study_population AS p ON p.is_decoy = m.is_decoy
  GROUP BY p.population
), populations AS (
  SELECT DISTINCT population FROM study_population
)
SELECT p.population, COALESCE(h.addresses, 0) AS addresses, COALESCE(s.stamped, 0) AS stamped_addresses,
  CASE WHEN h.addresses > 0 THEN COALESCE(s.marks, 1) ELSE 0 END AS "lower",
  COALESCE(h.addresses - COALESCE(s.stamped, 0) + COALESCE(s.pairs, 0), 0) AS "upper"
FROM populations AS p
LEFT JOIN hosts AS h ON h.population = p.population
LEFT JOIN sums AS s ON s.population = p.population
ORDER BY p.population
