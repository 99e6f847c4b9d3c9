-- study_pull
-- Definition: one row an address and mark of its last lists (docs/study.md S5). The text modified_at of a model with four digits of a second or more,
--   the first four not all zero, marks one pull on one machine; the smallest such text of a list is its mark.
-- Source: ours; times of a manifest are the file's own (ollama/ollama server/routes.go).
WITH stamps AS (
  SELECT inventory, MIN(modified_at) AS mark
  FROM model
  WHERE SUBSTR(modified_at, 20, 2) BETWEEN '.0' AND '.9' AND SUBSTR(modified_at, 22, 1) BETWEEN '0' AND '9'
    AND SUBSTR(modified_at, 23, 1) BETWEEN '0' AND '9' AND SUBSTR(modified_at, 24, 1) BETWEEN '0' AND '9'
    AND SUBSTR(modified_at, 21, 4) <> '0000'
  GROUP BY inventory
), marks AS (
  SELECT DISTINCT c.address, s.mark FROM counted AS c JOIN stamps AS s ON s.inventory = c.inventory
)
SELECT m.address, m.mark, h.is_decoy FROM marks AS m JOIN study_host AS h ON h.address = m.address
