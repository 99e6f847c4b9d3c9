-- survival Weeks from first to last sight
-- Definition: hosts by whole weeks from first to last day. Gone: the last day lies more than 28 days before the last attempted day; the others
--   are censored at their last day. At risk: hosts not gone or censored before. A scan sees moments: a gone host went somewhen between its last
--   day and the next whole attempted day, so each step is given twice, as early and as late as it may be (at_risk_late, gone_late).
-- Source: ours; asked for beside the published outputs. The curve over the steps is that of Kaplan and Meier (1958).
WITH days AS (
  SELECT day, MAX(CASE WHEN attempted = 1 THEN day END) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_attempt,
    MIN(CASE WHEN attempted = 1 AND is_partial = 0 THEN day END) OVER (ORDER BY day ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
      AS next_whole
  FROM study_day
), spans AS (
  SELECT h.is_decoy, CASE WHEN date_diff('day', h.last_day, d.last_attempt) > 28 THEN 1 ELSE 0 END AS is_gone,
    CAST(FLOOR(CAST(date_diff('day', h.first_day, h.last_day) AS DOUBLE) / 7) AS BIGINT) AS weeks,
    CAST(FLOOR(CAST(date_diff('day', h.first_day, COALESCE(d.next_whole, d.last_attempt)) AS DOUBLE) / 7) AS BIGINT) AS weeks_late
  FROM study_host AS h JOIN days AS d ON d.day = h.last_day
), ends AS (
  SELECT is_decoy, weeks, COUNT(*) AS ended, SUM(is_gone) AS gone, 0 AS ended_late, 0 AS gone_late FROM spans GROUP BY is_decoy, weeks
  UNION ALL
  SELECT is_decoy, CASE WHEN is_gone = 1 THEN weeks_late ELSE weeks END, 0, 0, COUNT(*), SUM(is_gone)
  FROM spans GROUP BY is_decoy, CASE WHEN is_gone = 1 THEN weeks_late ELSE weeks END
), steps AS (
  SELECT p.population, e.weeks, SUM(e.ended) AS ended, SUM(e.gone) AS gone, SUM(e.ended_late) AS ended_late, SUM(e.gone_late) AS gone_late
  FROM ends AS e JOIN study_population AS p ON p.is_decoy = e.is_decoy GROUP BY p.population, e.weeks
)
SELECT population, weeks,
  SUM(ended) OVER (PARTITION BY population ORDER BY weeks DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS at_risk,
  gone AS gone_hosts,
  SUM(ended_late) OVER (PARTITION BY population ORDER BY weeks DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS at_risk_late,
  gone_late
FROM steps
ORDER BY population, weeks
