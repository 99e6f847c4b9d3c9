import { join } from "node:path";
import type { LakePaths } from "./lake.io.ts";
import type { Segment } from "./segment.io.ts";
import { sqlName, sqlText } from "./stage-sql.ts";
import { SCHEMA_VERSION, TABLES } from "./table.ts";
import type { TableName } from "./table.ts";

/** The rows of some segments as a relation; `null` for none. */
export function relation(paths: LakePaths, segments: readonly Segment[]): string | null {
  if (segments.length === 0) return null;
  const files = segments.map(({ name }) => sqlText(join(paths.segment, name))).join(", ");
  const [older] = segments.filter(({ schemaVersion }) => schemaVersion < SCHEMA_VERSION);
  return older === undefined ? `read_parquet([${files}])` : widened(files, older.table);
}

/** Columns that came with a later schema read as null from segments of an earlier one. */
function widened(files: string, table: TableName): string {
  const nulls = TABLES[table].columns.map(({ name, type }) => `NULL::${type} AS ${sqlName(name)}`).join(", ");
  return `(SELECT * FROM read_parquet([${files}], union_by_name = true) UNION ALL BY NAME SELECT ${nulls} WHERE false)`;
}
