-- F1 Hosts by country
-- Definition: hosts by the country of their place (S6), of all hosts, not of the first ten. Unknown: no country.
-- Source: published rows 24 to 27; output F1.
WITH hosts AS (
  SELECT p.population, h.country FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
), whole AS (
  SELECT population, COUNT(*) AS of_units, COUNT(*) - COUNT(country) AS unknown_units FROM hosts GROUP BY population
)
SELECT h.population, h.country AS item, COUNT(*) AS counted, w.of_units, w.unknown_units
FROM hosts AS h JOIN whole AS w ON w.population = h.population
WHERE h.country IS NOT NULL
GROUP BY h.population, h.country, w.of_units, w.unknown_units
ORDER BY population, counted DESC, item
