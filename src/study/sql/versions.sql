-- versions Hosts by version
-- Definition: hosts by their version (S5) as sent, of all hosts. Unknown: a version that cannot be read, or none.
-- Source: ours; asked for beside the published outputs.
WITH hosts AS (
  SELECT is_decoy, CASE WHEN version_rank IS NOT NULL THEN version END AS version, COUNT(*) AS hosts
  FROM study_host GROUP BY is_decoy, CASE WHEN version_rank IS NOT NULL THEN version END
), whole AS (
  SELECT p.population, SUM(h.hosts) AS of_units, SUM(CASE WHEN h.version IS NULL THEN h.hosts ELSE 0 END) AS unknown_units
  FROM hosts AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy GROUP BY p.population
)
SELECT p.population, h.version AS item, SUM(h.hosts) AS counted, w.of_units, w.unknown_units
FROM hosts AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy JOIN whole AS w ON w.population = p.population
WHERE h.version IS NOT NULL
GROUP BY p.population, h.version, w.of_units, w.unknown_units
ORDER BY population, counted DESC, item
