-- upgrades Services by change of version
-- Definition: services with a readable version at their first and their last counted observation, and more than one observation, by the order
--   of the two: upgraded, same, downgraded. Unknown, beside the denominator: the other services. Another machine at the same address counts as
--   a change of the service.
-- Source: ours; sister study arXiv 2609.07115 tells 0.43 to 2.90 % upgraded in place over a year (press only).
WITH items AS (
  SELECT 1 AS place, 'upgraded' AS item UNION ALL SELECT 2, 'same' UNION ALL SELECT 3, 'downgraded'
), services AS (
  SELECT h.is_decoy, CASE WHEN c.observations < 2 THEN NULL WHEN c.version_rank > c.first_version_rank THEN 1
    WHEN c.version_rank = c.first_version_rank THEN 2 WHEN c.version_rank < c.first_version_rank THEN 3 END AS place
  FROM counted AS c JOIN study_host AS h ON h.address = c.address
), sums AS (
  SELECT is_decoy, place, COUNT(*) AS services FROM services GROUP BY is_decoy, place
)
SELECT p.population, i.item, COALESCE(SUM(CASE WHEN s.place = i.place THEN s.services END), 0) AS counted,
  COALESCE(SUM(CASE WHEN s.place IS NOT NULL THEN s.services END), 0) AS of_units,
  COALESCE(SUM(CASE WHEN s.place IS NULL THEN s.services END), 0) AS unknown_units
FROM study_population AS p CROSS JOIN items AS i LEFT JOIN sums AS s ON s.is_decoy = p.is_decoy
GROUP BY p.population, i.place, i.item
ORDER BY p.population, i.place
