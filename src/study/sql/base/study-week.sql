-- study_week
-- Definition: one row a host and week in which it was counted: its place among the weeks with an attempt, and the place of the week in which it was
--   counted before; null in its first.
-- Source: ours.
WITH weeks AS (
  SELECT CAST(date_trunc('week', day) AS DATE) AS week, MAX(attempted) AS attempted
  FROM study_day GROUP BY CAST(date_trunc('week', day) AS DATE)
), attempts AS (
  SELECT week, ROW_NUMBER() OVER (ORDER BY week) AS place FROM weeks WHERE attempted = 1
), seen AS (
  SELECT w.address, a.place, LAG(a.place) OVER (PARTITION BY w.address ORDER BY a.place) AS place_before
  FROM host_week AS w JOIN attempts AS a ON a.week = w.week
)
SELECT s.address, s.place, s.place_before, h.is_decoy FROM seen AS s JOIN study_host AS h ON h.address = s.address
