-- T7c Public libraries
-- Definition: hosts with 20 models and more (as T7b), of all hosts, unknown without a list; the model instances (S10) they hold, of all instances; the
-- lineages among those instances, of the lineages among all.
-- Source: published row 34; output T7.
WITH populations AS (
  SELECT DISTINCT population FROM study_population
), hosts AS (
  SELECT p.population, COUNT(*) AS of_hosts, SUM(CASE WHEN h.models >= 20 THEN 1 ELSE 0 END) AS library_hosts,
    SUM(CASE WHEN h.models IS NULL THEN 1 ELSE 0 END) AS unknown_hosts
  FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population
), held AS (
  SELECT i.is_decoy, i.lineage, COUNT(*) AS instances, SUM(CASE WHEN h.models >= 20 THEN 1 ELSE 0 END) AS library_instances
  FROM study_instance AS i JOIN study_host AS h ON h.address = i.address
  WHERE i.is_cloud = 0
  GROUP BY i.is_decoy, i.lineage
), instances AS (
  SELECT p.population, SUM(d.instances) AS of_instances, SUM(d.library_instances) AS library_instances,
    COUNT(DISTINCT d.lineage) AS of_lineages, COUNT(DISTINCT CASE WHEN d.library_instances > 0 THEN d.lineage END) AS library_lineages
  FROM held AS d JOIN study_population AS p ON p.is_decoy = d.is_decoy
  GROUP BY p.population
)
SELECT p.population, COALESCE(h.library_hosts, 0) AS library_hosts, COALESCE(h.of_hosts, 0) AS of_hosts,
  COALESCE(h.unknown_hosts, 0) AS unknown_hosts, COALESCE(i.library_instances, 0) AS library_instances,
  COALESCE(i.of_instances, 0) AS of_instances, COALESCE(i.library_lineages, 0) AS library_lineages,
  COALESCE(i.of_lineages, 0) AS of_lineages
FROM populations AS p
LEFT JOIN hosts AS h ON h.population = p.population
LEFT JOIN instances AS i ON i.population = p.population
ORDER BY p.population
