import { sqlText } from "../store/stage-sql.ts";
import type { SqlFile } from "./paper/sql-file.ts";
import type { StudyOutput } from "./study-output.ts";
import { type Condition, keyOf, type WhatIfKey } from "./what-if-conditions.ts";

/** How the rows of {@link whatIfFile} are read: hosts, instances, networks, countries. */
export const WHAT_IF_OUTPUT: StudyOutput = {
  id: "what-if",
  file: "what-if",
  section: "risk",
  unit: "hosts, model instances, networks, countries",
  shape: { kind: "shares", items: "closed", addsUp: false, outside: false },
  needs: ["hosts"],
};

/** The column of `study_instance` that a key is on; a version is the host's. */
const COLUMNS = {
  lineage: "lineage",
  brand: "brand",
  maker: "maker",
  format: "quantization",
  bits: "bits",
  band: "parameter_band",
} as const satisfies Record<Exclude<WhatIfKey, "version">, string>;

/** The query that counts whom conditions strike, in the form of a file of `sql/`: SQL that DuckDB and Trino both run. */
export function whatIfFile(conditions: readonly Condition[]): SqlFile {
  const words = conditions.map(wordsOf).join(", ");
  return {
    id: WHAT_IF_OUTPUT.id,
    title: `What if: ${words}`,
    definition:
      `Hosts with at least one model instance (S10) that fits every condition on models and a version (S5) that fits every one on ` +
      `versions (${words}); the instances that do, on such hosts; the AS numbers and countries of those hosts. Of all hosts, all ` +
      `instances, all AS numbers and countries of hosts. Unknown: not counted, and not surely out; of hosts without a list no instance ` +
      `is known. Hosts without AS number or country are in none.`,
    source:
      "ours; the study's argument on concentration (facts 1.6): one format or lineage bug strikes a large share at once.",
    sql: whatIfSql(
      conditions.filter(({ kind }) => kind !== "version").map(termOf),
      conditions.filter(({ kind }) => kind === "version").map(termOf),
    ),
  };
}

function wordsOf(condition: Condition): string {
  switch (condition.kind) {
    case "text":
      return `${condition.key} = ${condition.text}`;
    case "bits":
      return `bits ${condition.sign} ${condition.bits}`;
    case "version":
      return `version ${condition.sign} ${condition.version}`;
  }
}

function termOf(condition: Condition): string {
  const key = keyOf(condition);
  switch (condition.kind) {
    case "text":
      return `LOWER(${COLUMNS[condition.key]}) = ${sqlText(condition.text.toLowerCase())}`;
    case "bits":
      return `${COLUMNS.bits} ${condition.sign} ${condition.bits}`;
    case "version":
      return `${key}_rank ${condition.sign} ${condition.rank}`;
  }
}

/** 2 = all hold, 0 = one surely does not, 1 = else. */
function fits(terms: readonly string[]): string {
  if (terms.length === 0) return "2";
  const all = terms.join(" AND ");
  return `CASE WHEN ${all} THEN 2 WHEN NOT (${all}) THEN 0 ELSE 1 END`;
}

function whatIfSql(onModels: readonly string[], onVersions: readonly string[]): string {
  const held = onModels.length === 0 ? "2" : "COALESCE(m.fits, CASE WHEN h.models IS NULL THEN 1 ELSE 0 END)";
  return `WITH instances AS (
  SELECT address, ${fits(onModels)} AS fits FROM study_instance WHERE is_cloud = 0
), best AS (
  SELECT address, MAX(fits) AS fits FROM instances GROUP BY address
), versions AS (
  SELECT address, is_decoy, asn, country, models, ${fits(onVersions)} AS fits FROM study_host
), hosts AS (
  SELECT h.address, h.is_decoy, h.asn, h.country, h.fits AS version_fits, LEAST(h.fits, ${held}) AS fits
  FROM versions AS h LEFT JOIN best AS m ON m.address = h.address
), units AS (
  SELECT p.population, 1 AS place, h.fits, COUNT(*) AS units
  FROM hosts AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy GROUP BY p.population, h.fits
  UNION ALL
  SELECT p.population, 2, LEAST(h.version_fits, i.fits), COUNT(*)
  FROM instances AS i JOIN hosts AS h ON h.address = i.address JOIN study_population AS p ON p.is_decoy = h.is_decoy
  GROUP BY p.population, LEAST(h.version_fits, i.fits)
  UNION ALL
  SELECT population, 3, fits, COUNT(*) FROM (
    SELECT p.population, h.asn, MAX(h.fits) AS fits
    FROM hosts AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy WHERE h.asn IS NOT NULL GROUP BY p.population, h.asn
  ) AS networks GROUP BY population, fits
  UNION ALL
  SELECT population, 4, fits, COUNT(*) FROM (
    SELECT p.population, h.country, MAX(h.fits) AS fits
    FROM hosts AS h JOIN study_population AS p ON p.is_decoy = h.is_decoy WHERE h.country IS NOT NULL GROUP BY p.population, h.country
  ) AS countries GROUP BY population, fits
), items AS (
  SELECT 1 AS place, 'hosts' AS item UNION ALL SELECT 2, 'instances' UNION ALL SELECT 3, 'networks' UNION ALL SELECT 4, 'countries'
), cells AS (
  SELECT DISTINCT p.population, i.place, i.item FROM study_population AS p CROSS JOIN items AS i
)
SELECT c.population, c.item, COALESCE(SUM(CASE WHEN u.fits = 2 THEN u.units END), 0) AS counted, COALESCE(SUM(u.units), 0) AS of_units,
  COALESCE(SUM(CASE WHEN u.fits = 1 THEN u.units END), 0) AS unknown_units
FROM cells AS c LEFT JOIN units AS u ON u.population = c.population AND u.place = c.place
GROUP BY c.population, c.place, c.item
ORDER BY c.population, c.place`;
}
