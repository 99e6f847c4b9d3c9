-- gini Inequality of observations and of networks
-- Definition: Gini's coefficient, 0 (all alike) to 1 - 1/n (one has all): of counted observations over hosts, and of hosts over networks (AS
--   numbers; hosts without one left out). With x ascending and i from 1: 2 sum(i x) / (n sum(x)) - (n + 1) / n. Null without a unit.
-- Source: ours; asked for beside the published outputs.
WITH hosts AS (
  SELECT p.population, h.asn, h.observations FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
), amounts AS (
  SELECT population, 1 AS place, observations AS amount FROM hosts
  UNION ALL
  SELECT population, 2, COUNT(*) FROM hosts WHERE asn IS NOT NULL GROUP BY population, asn
), placed AS (
  SELECT population, place, amount, ROW_NUMBER() OVER (PARTITION BY population, place ORDER BY amount) AS position FROM amounts
), sums AS (
  SELECT population, place, COUNT(*) AS units, CAST(SUM(amount) AS DOUBLE) AS whole, CAST(SUM(position * amount) AS DOUBLE) AS weighted
  FROM placed GROUP BY population, place
), measures AS (
  SELECT 1 AS place, 'observations' AS measure UNION ALL SELECT 2, 'hosts'
), cells AS (
  SELECT DISTINCT p.population, m.place, m.measure FROM study_population AS p CROSS JOIN measures AS m
)
SELECT c.population, c.measure, COALESCE(s.units, 0) AS units,
  2 * s.weighted / (s.units * s.whole) - CAST(s.units + 1 AS DOUBLE) / s.units AS gini
FROM cells AS c LEFT JOIN sums AS s ON s.population = c.population AND s.place = c.place
ORDER BY c.population, c.place
