-- T4 Persistence, running share and inventory by tier
-- Definition: for each tier, hosts; means over its hosts of host-days, presence, uptime (S8; where not null) and models (S5; of those that showed a
-- list); hosts with a model loaded at their last look, of those that showed what is loaded. Null tier: nothing tells the network.
-- A model leaves the list five minutes after its last use, so running is a lower bound of use.
-- Source: published rows 18 to 20; output T4.
SELECT p.population, h.tier, COUNT(*) AS hosts, AVG(CAST(h.days AS BIGINT)) AS mean_days,
  CAST(SUM(CAST(h.presence AS DECIMAL(18, 15))) AS DOUBLE) / NULLIF(COUNT(h.presence), 0) AS mean_presence,
  CAST(SUM(CAST(h.uptime AS DECIMAL(18, 15))) AS DOUBLE) / NULLIF(COUNT(h.uptime), 0) AS mean_uptime,
  SUM(CASE WHEN h.running > 0 THEN 1 ELSE 0 END) AS running_hosts, COUNT(h.running) AS running_known,
  AVG(CAST(h.models AS BIGINT)) AS mean_models, COUNT(h.models) AS models_known
FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
GROUP BY p.population, h.tier
ORDER BY p.population, hosts DESC, h.tier NULLS LAST
