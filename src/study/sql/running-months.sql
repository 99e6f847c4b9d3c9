-- running-months Models loaded by month
-- Definition: counted observations that showed the list of loaded models, those of them with a model loaded, and the mean number loaded. A model
--   leaves the list some minutes after its last use, so this tells of recent use.
-- Source: published rows 12 and 20, by month; ours in this form.
WITH sums AS (
  SELECT is_decoy, "month", SUM(running_listed) AS observations, SUM(running_looks) AS running_observations, SUM(running_models) AS running_models
  FROM study_month GROUP BY is_decoy, "month"
)
SELECT p.population, s."month", SUM(s.observations) AS observations, COALESCE(SUM(s.running_observations), 0) AS running_observations,
  CAST(SUM(s.running_models) AS DOUBLE) / NULLIF(SUM(s.observations), 0) AS mean_running
FROM sums AS s JOIN study_population AS p ON p.is_decoy = s.is_decoy
GROUP BY p.population, s."month"
ORDER BY p.population, s."month"
