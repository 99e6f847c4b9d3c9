import type { LakePaths } from "./lake.io.ts";
import { harmedFiles, toLeaveOut } from "./harmed-files.io.ts";
import { isFileGone, MOST_TRIES, openTables } from "./open-tables.io.ts";
import type { OpenOptions, OpenTables } from "./open-tables.io.ts";
import type { Damage } from "./snapshot.ts";

/**
 * Does work on one state of the lake, and once more from its beginning when a segment below it was gone or turns out damaged: then
 * without the damaged one. Work that fails while every segment is sound fails.
 */
export async function withTables<T>(
  paths: LakePaths,
  options: OpenOptions,
  work: (tables: OpenTables) => Promise<T>,
): Promise<T> {
  let without: readonly Damage[] = [];
  for (let tries = 1; ; tries += 1) {
    const tables = await openTables(paths, options, without);
    try {
      return await work(tables);
    } catch (error) {
      const wasStopped = error instanceof Error && error.name === "AbortError";
      if (tries === MOST_TRIES || wasStopped) throw error;
      const harmed = toLeaveOut(await harmedFiles(paths, tables));
      if (harmed.length === 0 && !isFileGone(error)) throw error;
      without = [...without, ...harmed];
    } finally {
      await tables.close();
    }
  }
}
