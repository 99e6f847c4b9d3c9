-- T7a Models per observation by month
-- Definition: mean number of entries in the lists of the counted observations that showed one, by month, with the hosts that showed one. Cloud
-- stubs are entries.
-- Source: published row 32; output T7.
WITH months AS (
  SELECT "month", is_decoy, COUNT(*) AS hosts, SUM(listed) AS listed, SUM(models) AS models
  FROM study_month WHERE listed > 0 GROUP BY "month", is_decoy
)
SELECT p.population, m.month, SUM(m.hosts) AS hosts, SUM(m.listed) AS observations,
  CAST(SUM(m.models) AS DOUBLE) / SUM(m.listed) AS mean_models
FROM months AS m JOIN study_population AS p ON p.is_decoy = m.is_decoy
GROUP BY p.population, m.month
ORDER BY p.population, m.month
