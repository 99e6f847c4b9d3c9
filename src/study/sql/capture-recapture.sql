-- capture-recapture Hosts by two sources, and how many neither saw
-- Definition: hosts with a counted observation of each of the two sources with most hosts (ties: first in the alphabet), and of both; Chapman's
--   estimate of all, (a + 1)(b + 1) / (both + 1) - 1, with its 95 % interval (normal), not below the hosts seen. Null with one source. Sources
--   that look at the same places make it a lower bound, hosts that come and go between their looks too large.
-- Source: Chapman (1951), variance of Seber (1970); asked for beside the published outputs.
WITH seen AS (
  SELECT DISTINCT address, source FROM counted_month
), sizes AS (
  SELECT p.population, s.source, COUNT(*) AS hosts
  FROM seen AS s JOIN study_host AS h ON h.address = s.address JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, s.source
), placed AS (
  SELECT population, source, hosts, ROW_NUMBER() OVER (PARTITION BY population ORDER BY hosts DESC, source) AS place FROM sizes
), two AS (
  SELECT q.population, MAX(CASE WHEN t.place = 1 THEN t.source END) AS source_a, MAX(CASE WHEN t.place = 2 THEN t.source END) AS source_b,
    MAX(CASE WHEN t.place = 1 THEN t.hosts END) AS seen_a, MAX(CASE WHEN t.place = 2 THEN t.hosts END) AS seen_b
  FROM (SELECT DISTINCT population FROM study_population) AS q LEFT JOIN placed AS t ON t.population = q.population AND t.place <= 2
  GROUP BY q.population
), twice AS (
  SELECT t.population, COUNT(*) AS seen_both
  FROM two AS t
  JOIN seen AS a ON a.source = t.source_a
  JOIN seen AS b ON b.source = t.source_b AND b.address = a.address
  JOIN study_host AS h ON h.address = a.address
  JOIN study_population AS p ON p.is_decoy = h.is_decoy AND p.population = t.population
  GROUP BY t.population
), numbers AS (
  SELECT t.population, t.source_a, t.source_b, t.seen_a, t.seen_b, CASE WHEN t.source_b IS NOT NULL THEN COALESCE(w.seen_both, 0) END AS seen_both,
    CAST(t.seen_a AS DOUBLE) AS a, CAST(t.seen_b AS DOUBLE) AS b,
    CASE WHEN t.source_b IS NOT NULL THEN CAST(COALESCE(w.seen_both, 0) AS DOUBLE) END AS m
  FROM two AS t LEFT JOIN twice AS w ON w.population = t.population
), estimates AS (
  SELECT population, source_a, source_b, seen_a, seen_b, seen_both, a + b - m AS seen, (a + 1) * (b + 1) / (m + 1) - 1 AS chapman,
    SQRT((a + 1) * (b + 1) * (a - m) * (b - m) / ((m + 1) * (m + 1) * (m + 2))) AS deviation
  FROM numbers
)
SELECT population, source_a, source_b, seen_a, seen_b, seen_both, chapman,
  CASE WHEN chapman - 1.96 * deviation < seen THEN seen ELSE chapman - 1.96 * deviation END AS low, chapman + 1.96 * deviation AS high
FROM estimates
ORDER BY population
