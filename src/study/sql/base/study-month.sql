-- study_month
-- Definition: one row a host and month in which it was counted: the version of the month's last counted observation (ties as in docs/study.md S5),
--   whether a list was seen, and sums over its counted observations: those that showed a list and the entries in them; those that showed the list
--   of loaded models, those of them with a model loaded, and the models loaded.
-- Source: ours.
WITH looks AS (
  SELECT address, "month", version, inventory, listed, models, running_listed, running_looks, running_models, ROW_NUMBER() OVER (
      PARTITION BY address, "month" ORDER BY last_seen DESC, port, scheme, COALESCE(host_name, ''), base_path, source, version
    ) AS recency
  FROM counted_month
), hosts AS (
  SELECT address, "month", MAX(CASE WHEN recency = 1 THEN version END) AS version, MAX(CASE WHEN inventory IS NULL THEN 0 ELSE 1 END) AS has_list,
    SUM(listed) AS listed, SUM(models) AS models, SUM(running_listed) AS running_listed, SUM(running_looks) AS running_looks,
    SUM(running_models) AS running_models
  FROM looks GROUP BY address, "month"
)
SELECT m.address, m."month", m.version, m.has_list, m.listed, m.models, m.running_listed, m.running_looks, m.running_models, h.is_decoy
FROM hosts AS m JOIN study_host AS h ON h.address = m.address
