import type { SharesOutput } from "../output.ts";

/** Every service that was told to be something, by how sure it is that it is that. */
export const DECOYS: SharesOutput = {
  kind: "shares",
  id: "decoys",
  caption: "Services by class of decoy",
  unit: "services",
  items: "closed",
  addsUp: true,
  outside: false,
  words: { "likely-real": "likely real", uncertain: "uncertain", "likely-decoy": "likely decoy" },
  definition:
    "Services of which a product was ever told, by the signs of a decoy over all their looks and over the lake around them. " +
    "Uncertain: some signs, or too little seen to judge by. None is left out of any other count.",
  source: "table of signs in docs/judgements.md; the evidence of each service stands in the view decoy",
  nothing: "no product was told of any service",
  sql: `WITH told AS (
  SELECT decoy_class FROM decoy WHERE product IS NOT NULL
), classes AS (
  SELECT 1 AS place, 'likely-real' AS item UNION ALL SELECT 2, 'uncertain' UNION ALL SELECT 3, 'likely-decoy'
), counts AS (
  SELECT classes.place, classes.item, COUNT(told.decoy_class) AS counted
  FROM classes LEFT JOIN told ON told.decoy_class = classes.item GROUP BY classes.place, classes.item
), whole AS (
  SELECT COUNT(*) AS services FROM told
)
SELECT item, counted, whole.services AS of_units, 0 AS unknown_units
FROM counts CROSS JOIN whole WHERE whole.services > 0 ORDER BY place`,
};
