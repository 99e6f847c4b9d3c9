-- governance Networks and makers that hold one half
-- Definition: networks: AS numbers of hosts (hosts without one left out), and the fewest that together hold half of those hosts or more; makers:
--   makers of model instances (instances that tell none left out), and the fewest that hold half of those instances or more. Null without any.
-- Source: the study's governance inversion (facts 1.6), which gives no number; the measures are ours.
WITH amounts AS (
  SELECT p.population, 1 AS place, COUNT(*) AS amount
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy WHERE h.asn IS NOT NULL GROUP BY p.population, h.asn
  UNION ALL
  SELECT p.population, 2, COUNT(*)
  FROM study_instance AS i JOIN study_population AS p ON p.is_decoy = i.is_decoy
  WHERE i.is_cloud = 0 AND i.maker IS NOT NULL GROUP BY p.population, i.maker
), placed AS (
  SELECT population, place, amount, SUM(amount) OVER (PARTITION BY population, place) AS whole,
    SUM(amount) OVER (PARTITION BY population, place ORDER BY amount DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
  FROM amounts
), sums AS (
  SELECT population, place, COUNT(*) AS units, SUM(CASE WHEN 2 * (so_far - amount) < whole THEN 1 ELSE 0 END) AS half_units, MAX(whole) AS whole
  FROM placed GROUP BY population, place
), measures AS (
  SELECT 1 AS place, 'networks' AS measure UNION ALL SELECT 2, 'makers'
), cells AS (
  SELECT DISTINCT p.population, m.place, m.measure FROM study_population AS p CROSS JOIN measures AS m
)
SELECT c.population, c.measure, COALESCE(s.units, 0) AS units, s.half_units, COALESCE(s.whole, 0) AS total
FROM cells AS c LEFT JOIN sums AS s ON s.population = c.population AND s.place = c.place
ORDER BY c.population, c.place
