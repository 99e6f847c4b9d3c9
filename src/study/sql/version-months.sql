-- version-months Hosts by minor version and month
-- Definition: hosts by the first two numbers of the version of the month's last counted observation (ties as in S5), of the hosts seen that
--   month with a readable one.
-- Source: ours; asked for beside the published outputs.
WITH sums AS (
  SELECT is_decoy, "month", version, COUNT(*) AS hosts FROM study_month GROUP BY is_decoy, "month", version
), minors AS (
  SELECT p.population, s."month", CAST(FLOOR(CEIL(v.version_rank) / 1000000) AS BIGINT) AS major,
    CAST(FLOOR(CEIL(v.version_rank) / 1000) AS BIGINT) AS thousands, s.hosts
  FROM sums AS s JOIN version AS v ON v.version = s.version JOIN study_population AS p ON p.is_decoy = s.is_decoy
  WHERE v.version_rank IS NOT NULL
), cells AS (
  SELECT population, "month", major, thousands, SUM(hosts) AS hosts FROM minors GROUP BY population, "month", major, thousands
)
SELECT population, "month", CONCAT(CAST(major AS VARCHAR), '.', CAST(thousands - 1000 * major AS VARCHAR)) AS minor, hosts,
  SUM(hosts) OVER (PARTITION BY population, "month") AS of_hosts
FROM cells
ORDER BY population, "month", thousands
