-- T8 Lineages that stand together
-- Definition: hosts with both lineages among the entries of their last lists (S5, cloud stubs too), of the hosts with two lineages or more, and of those
-- that tell a lineage. Lift: how many times more often than if the two were independent. Pairs of the 100 lineages with most hosts; the 200
-- pairs with most hosts (equal counts: by the alphabet).
-- Source: published rows 35 to 37; output T8; the lift is ours.
WITH held AS (
  SELECT DISTINCT address, is_decoy, lineage FROM study_instance WHERE lineage IS NOT NULL
), counts AS (
  SELECT p.population, h.lineage, COUNT(*) AS hosts
  FROM held AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, h.lineage
), placed AS (
  SELECT population, lineage, hosts, ROW_NUMBER() OVER (PARTITION BY population ORDER BY hosts DESC, lineage) AS place FROM counts
), foremost AS (
  SELECT DISTINCT lineage FROM placed WHERE place <= 100
), near AS (
  SELECT h.address, h.is_decoy, h.lineage FROM held AS h JOIN foremost AS l ON l.lineage = h.lineage
), tellers AS (
  SELECT address, is_decoy, COUNT(*) AS lineages FROM held GROUP BY address, is_decoy
), whole AS (
  SELECT p.population, COUNT(*) AS of_listed, SUM(CASE WHEN t.lineages >= 2 THEN 1 ELSE 0 END) AS of_multi
  FROM tellers AS t JOIN study_population AS p ON p.is_decoy = t.is_decoy
  GROUP BY p.population
), pairs AS (
  SELECT a.is_decoy, a.lineage AS lineage_a, b.lineage AS lineage_b, COUNT(*) AS hosts
  FROM near AS a JOIN near AS b ON b.address = a.address AND a.lineage < b.lineage
  GROUP BY a.is_decoy, a.lineage, b.lineage
), together AS (
  SELECT p.population, r.lineage_a, r.lineage_b, SUM(r.hosts) AS hosts
  FROM pairs AS r JOIN study_population AS p ON p.is_decoy = r.is_decoy
  GROUP BY p.population, r.lineage_a, r.lineage_b
), ranked AS (
  SELECT t.population, t.lineage_a, t.lineage_b, t.hosts, a.hosts AS hosts_a, b.hosts AS hosts_b,
    ROW_NUMBER() OVER (PARTITION BY t.population ORDER BY t.hosts DESC, t.lineage_a, t.lineage_b) AS place
  FROM together AS t
  JOIN placed AS a ON a.population = t.population AND a.lineage = t.lineage_a AND a.place <= 100
  JOIN placed AS b ON b.population = t.population AND b.lineage = t.lineage_b AND b.place <= 100
)
SELECT r.population, r.lineage_a, r.lineage_b, r.hosts, w.of_multi, w.of_listed, r.hosts_a, r.hosts_b,
  CAST(r.hosts AS DOUBLE) * w.of_listed / (CAST(r.hosts_a AS DOUBLE) * r.hosts_b) AS lift
FROM ranked AS r JOIN whole AS w ON w.population = r.population
WHERE r.place <= 200
ORDER BY r.population, r.place
