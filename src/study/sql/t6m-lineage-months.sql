-- T6m Lineages by month
-- Definition: hosts that listed each lineage in each month, of the hosts that showed a list that month, for the ten lineages that most hosts ever
-- listed (equal counts: by the alphabet). Rank among all lineages of the month, as in T6; a lineage that no host listed has 0 hosts and no rank.
-- Source: rows 28 and 29 over time; output T6; ours.
WITH monthly AS (
  SELECT "month", lineage, is_decoy, COUNT(*) AS hosts FROM study_lineage_month GROUP BY "month", lineage, is_decoy
), ever AS (
  SELECT lineage, is_decoy, COUNT(DISTINCT address) AS hosts FROM study_lineage_month GROUP BY lineage, is_decoy
), placed AS (
  SELECT p.population, e.lineage, ROW_NUMBER() OVER (PARTITION BY p.population ORDER BY SUM(e.hosts) DESC, e.lineage) AS place
  FROM ever AS e JOIN study_population AS p ON p.is_decoy = e.is_decoy
  GROUP BY p.population, e.lineage
), ranked AS (
  SELECT p.population, m.month, m.lineage, SUM(m.hosts) AS hosts,
    RANK() OVER (PARTITION BY p.population, m.month ORDER BY SUM(m.hosts) DESC) AS month_rank
  FROM monthly AS m JOIN study_population AS p ON p.is_decoy = m.is_decoy
  GROUP BY p.population, m.month, m.lineage
), listed AS (
  SELECT "month", is_decoy, COUNT(*) AS hosts FROM study_month WHERE has_list = 1 GROUP BY "month", is_decoy
), months AS (
  SELECT p.population, l.month, SUM(l.hosts) AS of_hosts
  FROM listed AS l JOIN study_population AS p ON p.is_decoy = l.is_decoy
  GROUP BY p.population, l.month
)
SELECT m.population, m.month, p.lineage, COALESCE(r.hosts, 0) AS hosts, m.of_hosts, r.month_rank AS rank
FROM months AS m
JOIN placed AS p ON p.population = m.population AND p.place <= 10
LEFT JOIN ranked AS r ON r.population = m.population AND r.month = m.month AND r.lineage = p.lineage
ORDER BY m.population, m.month, p.place
