-- study_period_lineage
-- Definition: one row a host, period (study_period) and lineage that one of its last lists of the period holds (docs/study.md S11).
-- Source: ours.
SELECT DISTINCT l.period, l.address, m.lineage
FROM study_period_service AS l JOIN model AS m ON m.inventory = l.inventory WHERE m.lineage IS NOT NULL
