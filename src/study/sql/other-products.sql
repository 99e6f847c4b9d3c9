-- other-products Hosts with another product
-- Definition: hosts with a confirmed observation of a product that is not Ollama and therefore not counted (S1), by product, of the hosts with
--   any confirmed observation. A host may show several, and an Ollama beside them.
-- Source: ours; asked for beside the published outputs.
WITH others AS (
  SELECT DISTINCT address, product FROM observation WHERE confirmed AND product <> 'ollama'
), decoys AS (
  SELECT DISTINCT address FROM decoy WHERE decoy_class = 'likely-decoy'
), marked AS (
  SELECT o.address, o.product, CASE WHEN d.address IS NULL THEN 0 ELSE 1 END AS is_decoy
  FROM others AS o LEFT JOIN decoys AS d ON d.address = o.address
), sums AS (
  SELECT is_decoy, product, COUNT(*) AS hosts FROM marked GROUP BY is_decoy, product
), confirmed_hosts AS (
  SELECT is_decoy, COUNT(*) AS hosts FROM study_host GROUP BY is_decoy
  UNION ALL
  SELECT m.is_decoy, COUNT(DISTINCT m.address)
  FROM marked AS m LEFT JOIN study_host AS h ON h.address = m.address WHERE h.address IS NULL GROUP BY m.is_decoy
), whole AS (
  SELECT p.population, SUM(c.hosts) AS of_units FROM confirmed_hosts AS c JOIN study_population AS p ON p.is_decoy = c.is_decoy GROUP BY p.population
)
SELECT p.population, s.product AS item, SUM(s.hosts) AS counted, w.of_units, 0 AS unknown_units
FROM sums AS s JOIN study_population AS p ON p.is_decoy = s.is_decoy JOIN whole AS w ON w.population = p.population
GROUP BY p.population, s.product, w.of_units
ORDER BY population, counted DESC, item
