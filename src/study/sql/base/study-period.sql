-- study_period
-- Definition: the two periods that output change compares: the earlier and the later half of the months in which a host was seen; of an
-- odd number the middle one belongs to the earlier half.
-- Source: ours.
WITH months AS (
  SELECT DISTINCT "month" FROM host_month
), halves AS (
  SELECT "month", NTILE(2) OVER (ORDER BY "month") AS half FROM months
)
SELECT CASE WHEN half = 1 THEN 'before' ELSE 'after' END AS period, MIN("month") AS first_month, MAX("month") AS last_month
FROM halves GROUP BY half
