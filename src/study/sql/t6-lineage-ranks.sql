-- T6 Lineages by three weightings
-- Definition: for each lineage the counted observations in whose list it is (cloud stubs too), the hosts that ever listed it, and their host-days with
-- it. Ranks: 1 = most, equal counts share the smaller rank. Volatility: greatest less smallest of the three ranks.
-- Source: published rows 28 to 30; output T6.
WITH totals AS (
  SELECT lineage, is_decoy, SUM(observations) AS observations, COUNT(DISTINCT address) AS hosts, SUM(days) AS host_days
  FROM study_lineage_month GROUP BY lineage, is_decoy
), counts AS (
  SELECT p.population, t.lineage, SUM(t.observations) AS observations, SUM(t.hosts) AS hosts, SUM(t.host_days) AS host_days
  FROM totals AS t JOIN study_population AS p ON p.is_decoy = t.is_decoy
  GROUP BY p.population, t.lineage
), ranks AS (
  SELECT population, lineage, observations, hosts, host_days,
    RANK() OVER (PARTITION BY population ORDER BY observations DESC) AS rank_observations,
    RANK() OVER (PARTITION BY population ORDER BY hosts DESC) AS rank_hosts,
    RANK() OVER (PARTITION BY population ORDER BY host_days DESC) AS rank_host_days
  FROM counts
)
SELECT population, lineage, observations, hosts, host_days, rank_observations, rank_hosts, rank_host_days,
  GREATEST(rank_observations, rank_hosts, rank_host_days) - LEAST(rank_observations, rank_hosts, rank_host_days) AS volatility
FROM ranks
ORDER BY population, rank_hosts, rank_observations, rank_host_days, lineage
