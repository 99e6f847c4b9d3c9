import { CVES as CVE_TABLE } from "../../knowledge/cves.ts";
import type { Row } from "../../store/snapshot.ts";
import { textOf } from "../row-values.ts";
import type { RowsOutput } from "../output.ts";

/** CVEs that the versions named indicate, by hosts. */
export const CVES: RowsOutput = {
  kind: "rows",
  id: "cves",
  caption: "Version-indicated CVEs, by hosts",
  definition:
    "Hosts with a confirmed Ollama that answered at its last look and names a version in the range of the record; of: all such hosts; " +
    "unknown: those whose version cannot be read, in no row and not free of it. Indicated, never proven: the version is what " +
    "the server says. Three kinds are kept apart: fixed in a known version; not stated, only a range known; and not versioned, " +
    "which is " +
    "CVE-2025-63389 (no authentication), counted as exposure at any version.",
  source: "CVE records and the commits that fixed them, row by row in Corral's table of CVEs",
  floorOn: "hosts",
  fullOnly: false,
  columns: [
    { from: "cve", name: "CVE", holds: "text" },
    { from: "severity", name: "severity", holds: "text" },
    { from: "fixed_in", name: "fixed in", holds: "text" },
    { from: "reach", name: "reach", holds: "text" },
    { from: "hosts", name: "hosts", holds: "number" },
    { from: "of_hosts", name: "of", holds: "number" },
    { from: "unknown_hosts", name: "unknown", holds: "number" },
  ],
  complete: (rows) => rows.map(withRecord),
  sql: `SELECT UPPER(check_id) AS cve, severity,
  COUNT(DISTINCT CASE WHEN outcome = 'fail' THEN address END) AS hosts,
  COUNT(DISTINCT address) AS of_hosts,
  COUNT(DISTINCT CASE WHEN outcome = 'unknown' THEN address END) AS unknown_hosts
FROM finding
WHERE check_id LIKE 'cve-%' AND outcome <> 'not-applicable' AND confirmed
GROUP BY check_id, severity
HAVING COUNT(DISTINCT CASE WHEN outcome = 'fail' THEN address END) > 0
ORDER BY hosts DESC, cve`,
};

const RECORDS: ReadonlyMap<string, (typeof CVE_TABLE)[number]> = new Map(CVE_TABLE.map((one) => [one.id, one]));

/** Adds what the record says: the release that fixed it, and whether an exposed API is enough to use it. */
function withRecord(row: Row): Row {
  const record = RECORDS.get(textOf(row, "cve"));
  if (record === undefined) return { ...row, fixed_in: null, reach: null };
  const fixedIn = record.kind === "fixed-version" ? record.fixedIn : "not stated";
  return { ...row, fixed_in: fixedIn, reach: record.reach };
}
