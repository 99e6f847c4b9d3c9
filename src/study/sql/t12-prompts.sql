-- T12 Visible prompts, guard-off templates and harm classes
-- Definition: hosts of one of whose models a card was seen, of all hosts; hosts with a system prompt, and hosts with a prompt or template that
--   takes the guard away, of those with a card; hosts with a system prompt of each harm class, of those with a system prompt. Unknown, beside
--   the denominator: hosts that it leaves out. All are lower bounds: only what cards show is seen, and signs miss more than they find.
-- Source: published rows 48 to 51; output T12.
WITH items AS (
  SELECT 1 AS place, 'card' AS item UNION ALL SELECT 2, 'system-prompt' UNION ALL SELECT 3, 'guard-off' UNION ALL
  SELECT 4, 'child-abuse' UNION ALL SELECT 5, 'hacking' UNION ALL SELECT 6, 'data-theft' UNION ALL SELECT 7, 'fraud' UNION ALL
  SELECT 8, 'violence' UNION ALL SELECT 9, 'hate'
), sums AS (
  SELECT is_decoy, COUNT(*) AS hosts, SUM(prompt_seen) AS cards, SUM(system_seen) AS systems,
    SUM(CASE WHEN guard_off = 1 THEN 1 ELSE 0 END) AS guards
  FROM study_host GROUP BY is_decoy
), harms AS (
  SELECT h.is_decoy, t.system_class, COUNT(DISTINCT t.address) AS hosts
  FROM prompt AS t JOIN study_host AS h ON h.address = t.address
  WHERE t.system_class IN ('child-abuse', 'hacking', 'data-theft', 'fraud', 'violence', 'hate')
  GROUP BY h.is_decoy, t.system_class
), populations AS (
  SELECT p.population, SUM(COALESCE(s.hosts, 0)) AS hosts, SUM(COALESCE(s.cards, 0)) AS cards, SUM(COALESCE(s.systems, 0)) AS systems,
    SUM(COALESCE(s.guards, 0)) AS guards
  FROM study_population AS p LEFT JOIN sums AS s ON s.is_decoy = p.is_decoy GROUP BY p.population
), found AS (
  SELECT p.population, a.system_class, SUM(a.hosts) AS hosts
  FROM harms AS a JOIN study_population AS p ON p.is_decoy = a.is_decoy GROUP BY p.population, a.system_class
)
SELECT w.population, i.item,
  CASE i.item WHEN 'card' THEN w.cards WHEN 'system-prompt' THEN w.systems WHEN 'guard-off' THEN w.guards ELSE COALESCE(f.hosts, 0) END
    AS counted,
  CASE WHEN i.place = 1 THEN w.hosts WHEN i.place <= 3 THEN w.cards ELSE w.systems END AS of_units,
  CASE WHEN i.place = 1 THEN 0 WHEN i.place <= 3 THEN w.hosts - w.cards ELSE w.hosts - w.systems END AS unknown_units
FROM populations AS w CROSS JOIN items AS i
LEFT JOIN found AS f ON f.population = w.population AND f.system_class = i.item
ORDER BY w.population, i.place
