-- T13 Hosts with tools that stay
-- Definition: hosts that have tools (S12) and are persistent (S9), of all hosts: rule observations, more than 100 observations; rule presence,
--   seen on 34 % or more of the whole attempted days. Unknown: hosts that surely fail neither part, and of which one is not known. Mean uptime
--   (S8) over those that have one, mean number of loaded models over those that showed the list.
-- Source: published row 12; output T13.
WITH rules AS (
  SELECT 1 AS place, 'observations' AS rule UNION ALL SELECT 2, 'presence'
), hosts AS (
  SELECT p.population, r.place, r.rule, h.address, h.tools, h.running, CAST(h.uptime AS DECIMAL(18, 12)) AS uptime,
    CASE r.rule
      WHEN 'observations' THEN CASE WHEN h.persistence = 'backbone' THEN 1 ELSE 0 END
      ELSE CASE h.presence_class WHEN 'from-34' THEN 1 WHEN 'below-34' THEN 0 WHEN 'one-day' THEN 0 END
    END AS stays
  FROM study_population AS p CROSS JOIN rules AS r LEFT JOIN study_host AS h ON h.is_decoy = p.is_decoy
)
SELECT population, rule, SUM(CASE WHEN tools = 1 AND stays = 1 THEN 1 ELSE 0 END) AS hosts, COUNT(address) AS of_hosts,
  SUM(CASE WHEN address IS NOT NULL AND tools + stays IS NULL AND COALESCE(tools, 1) = 1 AND COALESCE(stays, 1) = 1 THEN 1 ELSE 0 END)
    AS unknown_hosts,
  CAST(SUM(CASE WHEN tools = 1 AND stays = 1 THEN uptime END) AS DOUBLE) / NULLIF(COUNT(CASE WHEN tools = 1 AND stays = 1 THEN uptime END), 0)
    AS mean_uptime,
  CAST(SUM(CASE WHEN tools = 1 AND stays = 1 THEN running END) AS DOUBLE) / NULLIF(COUNT(CASE WHEN tools = 1 AND stays = 1 THEN running END), 0)
    AS mean_running,
  COUNT(CASE WHEN tools = 1 AND stays = 1 THEN running END) AS running_known
FROM hosts
GROUP BY population, place, rule
ORDER BY population, place
