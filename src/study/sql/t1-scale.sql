-- T1 Scale
-- Definition: counted observations (S1), hosts, distinct countries and AS numbers of their places (S6), services, and the dates from the first
-- to the last attempt (S7): all, attempted, without an attempt, and partial ones among the attempted. The dates are of the whole lake.
-- Source: published rows 1 to 5; output T1.
WITH populations AS (
  SELECT DISTINCT population FROM study_population
), hosts AS (
  SELECT p.population, SUM(h.observations) AS observations, COUNT(*) AS hosts, COUNT(DISTINCT h.country) AS countries,
    COUNT(DISTINCT h.asn) AS networks, SUM(h.services) AS services
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population
), dates AS (
  SELECT COUNT(*) AS days, COALESCE(SUM(attempted), 0) AS attempted_days, COALESCE(SUM(attempted * is_partial), 0) AS partial_days
  FROM study_day
)
SELECT p.population, COALESCE(h.observations, 0) AS observations, COALESCE(h.hosts, 0) AS hosts, COALESCE(h.countries, 0) AS countries,
  COALESCE(h.networks, 0) AS networks, d.days, d.attempted_days, d.days - d.attempted_days AS gap_days, d.partial_days,
  COALESCE(h.services, 0) AS services
FROM populations AS p CROSS JOIN dates AS d LEFT JOIN hosts AS h ON h.population = p.population
ORDER BY p.population
