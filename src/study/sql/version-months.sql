-- version-months Hosts by minor version and month
-- Definition: hosts by the first two numbers of the version of the month's last counted observation (ties as in S5), of the hosts seen that
--   month with a readable one.
-- Source: ours; asked for beside the published outputs.
WITH looks AS (
  SELECT c.address, c."month", c.version, ROW_NUMBER() OVER (
      PARTITION BY c.address, c."month"
      ORDER BY c.last_seen DESC, c.port, c.scheme, COALESCE(c.host_name, ''), c.base_path, c.source, c.version
    ) AS recency
  FROM counted_month AS c
), sums AS (
  SELECT h.is_decoy, l."month", l.version, COUNT(*) AS hosts
  FROM looks AS l JOIN study_host AS h ON h.address = l.address
  WHERE l.recency = 1 GROUP BY h.is_decoy, l."month", l.version
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
