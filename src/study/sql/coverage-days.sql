-- coverage Observations and attempts by day
-- Definition: every date from the first to the last attempt (S7): whether somebody looked, whether its runs attempted less than 95 % of their
--   targets, observations, counted ones, hosts with one; targets and attempted targets of the runs that began then and count them.
-- Source: ours; the study states no cadence.
SELECT day, attempted, is_partial, observations, counted, hosts, targets, targets_attempted
FROM study_day
ORDER BY day
