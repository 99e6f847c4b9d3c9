import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSqlFile, type SqlFile } from "./sql-file.ts";

const FOLDER = join(import.meta.dirname, "../sql");

/** Reads the query files of these names (`t6-lineage-ranks`, `base/study-host`), in this order. */
export async function loadSqlFiles(names: readonly string[]): Promise<ReadonlyMap<string, SqlFile>> {
  const files = await Promise.all(
    names.map(async (name) => [name, parseSqlFile(await readFile(join(FOLDER, `${name}.sql`), "utf8"), name)] as const),
  );
  return new Map(files);
}
