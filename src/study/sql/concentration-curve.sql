-- concentration Observations of the hosts seen most
-- Definition: hosts by counted observations downwards, cut in hundredths (host number n of N lies in the hundredth 100 n / N, rounded up): at the
--   end of each, hosts and observations so far, of all observations. With fewer than a hundred hosts some hundredths end with no host and have no row.
-- Source: published rows 6 to 11 (13 % of hosts make nearly 76 % of observations), as a whole curve.
WITH hosts AS (
  SELECT p.population, h.observations FROM study_host AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy
), placed AS (
  SELECT population, observations, ROW_NUMBER() OVER (PARTITION BY population ORDER BY observations DESC) AS place,
    COUNT(*) OVER (PARTITION BY population) AS of_hosts
  FROM hosts
), hundredths AS (
  SELECT population, CAST(CEIL(CAST(100 * place AS DOUBLE) / of_hosts) AS BIGINT) AS percentile, COUNT(*) AS hosts, SUM(observations) AS observations
  FROM placed GROUP BY population, CAST(CEIL(CAST(100 * place AS DOUBLE) / of_hosts) AS BIGINT)
)
SELECT population, percentile,
  SUM(hosts) OVER (PARTITION BY population ORDER BY percentile ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS hosts,
  SUM(observations) OVER (PARTITION BY population ORDER BY percentile ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS observations,
  SUM(observations) OVER (PARTITION BY population) AS of_observations
FROM hundredths
ORDER BY population, percentile
