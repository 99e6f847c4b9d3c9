-- study_population
-- Definition: joined on is_decoy, makes every output twice: over all hosts, and without likely decoys (docs/study.md S13).
-- Source: ours; the study states no decoy filter.
SELECT 'all' AS population, 0 AS is_decoy
UNION ALL SELECT 'all', 1
UNION ALL SELECT 'without-decoys', 0
