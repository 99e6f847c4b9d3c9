-- T11a Hosts by exact set of capabilities
-- Definition: hosts by the exact set of capabilities that they have (S12), of all hosts. Unknown: hosts of which any word of completion, tools,
--   thinking, vision, insert or embedding is unknown.
-- Source: published row 44; output T11.
WITH hosts AS (
  SELECT p.population, h.capability_set FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
), whole AS (
  SELECT population, COUNT(*) AS of_units, COUNT(*) - COUNT(capability_set) AS unknown_units FROM hosts GROUP BY population
)
SELECT h.population, h.capability_set AS item, COUNT(*) AS counted, w.of_units, w.unknown_units
FROM hosts AS h JOIN whole AS w ON w.population = h.population
WHERE h.capability_set IS NOT NULL
GROUP BY h.population, h.capability_set, w.of_units, w.unknown_units
ORDER BY population, counted DESC, item
