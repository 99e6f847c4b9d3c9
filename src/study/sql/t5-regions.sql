-- T5 Hosts by region of a country
-- Definition: hosts by country and first-level region of their place (S6), of the hosts of that country. Countries with at least one region told.
-- Unknown: hosts of the country without a region.
-- Source: published rows 21 to 23; output T5.
WITH cells AS (
  SELECT p.population, h.country, h.region, COUNT(*) AS hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  WHERE h.country IS NOT NULL
  GROUP BY p.population, h.country, h.region
), whole AS (
  SELECT population, country, SUM(hosts) AS of_hosts, SUM(CASE WHEN region IS NULL THEN hosts ELSE 0 END) AS unknown_hosts
  FROM cells GROUP BY population, country
)
SELECT c.population, c.country, c.region, c.hosts, w.of_hosts, w.unknown_hosts
FROM cells AS c JOIN whole AS w ON w.population = c.population AND w.country = c.country
WHERE c.region IS NOT NULL
ORDER BY c.population, w.of_hosts DESC, c.country, c.hosts DESC, c.region
