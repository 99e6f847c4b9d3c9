-- study_lineage_month
-- Definition: one row a host, month and lineage that one of its lists of that month holds (docs/study.md S11), cloud stubs too; observations and days with it.
-- Source: facts of the study, metric definitions (lineage rank under observations, hosts and host-days).
SELECT l.address, l."month", l.lineage, l.observations, l.days, h.is_decoy
FROM host_month_lineage AS l JOIN study_host AS h ON h.address = l.address
