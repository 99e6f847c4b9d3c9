import { systemClock } from "../machine/clock.io.ts";
import { instantOf } from "../model/instant.ts";
import { sortSegments } from "./damage.io.ts";
import { relation } from "./relation.io.ts";
import { coveredSegments, liveRollups, removeRollups, sortRollups, writeRollups } from "./rollup.io.ts";
import type { FoldPlace, Segment } from "./segment.io.ts";
import { liveSegments, writeSegment } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";
import { sqlName } from "./stage-sql.ts";
import { SCHEMA_VERSION, TABLES, TABLE_NAMES } from "./table.ts";
import type { TableName } from "./table.ts";

/** Segments below this size are merged, up to `MERGED_BYTES` into one. */
const SMALL_BYTES = 128 * 1024 * 1024;
const MERGED_BYTES = 512 * 1024 * 1024;
/** A table with more small segments than this is compacted after a fold. */
const MANY = 32;

/**
 * Replaces segments by one that holds those of their rows for which `keep` (SQL, `null` = all) is true, in today's columns. Compaction,
 * migration and forgetting are this. Call it within the catalogue's write transaction.
 */
export async function rewrite(
  place: FoldPlace,
  table: TableName,
  segments: readonly Segment[],
  keep: string | null,
): Promise<Segment | null> {
  const from = relation(place.paths, segments);
  if (from === null) return null;
  const columns = TABLES[table].columns.map(({ name }) => sqlName(name)).join(", ");
  const where = keep === null ? "" : `WHERE ${keep}`;
  const sort = TABLES[table].sort.map(sqlName).join(", ");
  const made = await writeSegment(place, table, `SELECT ${columns} FROM ${from} ${where} ORDER BY ${sort}`);
  const retire = place.catalog.db.prepare("UPDATE segment SET retired_at = ? WHERE name = ?");
  const now = instantOf(systemClock.epochMs());
  for (const { name } of segments) retire.run(now, name);
  if (made !== null) await writeRollups(place, made);
  return made;
}

/** What a compaction did. */
export interface Compaction {
  readonly merged: number;
  readonly made: number;
  /** Segments that cannot be trusted: left alone. */
  readonly damaged: readonly Damage[];
}

/** Merges small segments and brings old ones to today's schema, a table at a time; readers go on with the old files meanwhile. */
export async function compactTables(place: FoldPlace, tables: readonly TableName[] = TABLE_NAMES): Promise<Compaction> {
  const done = { merged: 0, made: 0, damaged: [] as Damage[] };
  for (const table of tables) {
    await place.catalog.write(async () => {
      const { sound, damaged } = await sortSegments(place.paths, liveSegments(place.catalog, table), "content");
      done.damaged.push(...damaged);
      for (const batch of batches(sound)) {
        await rewrite(place, table, batch, null);
        done.merged += batch.length;
        done.made += 1;
      }
    });
  }
  await rebuildRollups(place);
  return done;
}

/** Makes the rollups that are missing, older or damaged, a segment at a time. */
async function rebuildRollups(place: FoldPlace): Promise<void> {
  const { sound } = await sortRollups(place.paths, liveRollups(place.catalog), "content");
  const covered = coveredSegments(sound);
  for (const { name } of liveSegments(place.catalog, "observation").filter((one) => !covered.has(one.name))) {
    await place.catalog.write(async () => {
      // Somebody may have replaced it meanwhile.
      const found = liveSegments(place.catalog, "observation").find((one) => one.name === name);
      if (found !== undefined) await writeRollups(place, found);
    });
  }
  // A reader that still holds a file that was replaced asks the segment instead.
  await place.catalog.write(() => removeRollups(place.paths, place.catalog));
}

/** Compacts the tables that folds have cut into many small segments. */
export async function compactWhenMany(place: FoldPlace): Promise<void> {
  const many = TABLE_NAMES.filter((table) => {
    const small = liveSegments(place.catalog, table).filter(({ sizeBytes }) => sizeBytes < SMALL_BYTES);
    return small.length > MANY;
  });
  if (many.length > 0) await compactTables(place, many);
}

/** Groups of segments worth merging: small ones together, old ones even alone. */
function batches(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const groups: Segment[][] = [];
  let group: Segment[] = [];
  let bytes = 0;
  for (const segment of segments.filter((one) => one.sizeBytes < SMALL_BYTES || one.schemaVersion !== SCHEMA_VERSION)) {
    if (bytes + segment.sizeBytes > MERGED_BYTES && group.length > 0) {
      groups.push(group);
      [group, bytes] = [[], 0];
    }
    group.push(segment);
    bytes += segment.sizeBytes;
  }
  if (group.length > 0) groups.push(group);
  return groups.filter((one) => one.length > 1 || one.some(({ schemaVersion }) => schemaVersion !== SCHEMA_VERSION));
}
