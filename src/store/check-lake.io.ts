import { openCatalog } from "./catalog.io.ts";
import { sortSegments } from "./damage.io.ts";
import { existingLake } from "./lake.io.ts";
import { coveredSegments, liveRollups, sortRollups } from "./rollup.io.ts";
import { liveSegments } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";
import { TABLE_NAMES } from "./table.ts";
import type { TableName } from "./table.ts";

/** What a check of every file found. */
export interface LakeCheck {
  /** Segments and rows that remain readable, by table. */
  readonly tables: readonly { readonly table: TableName; readonly segments: number; readonly rows: number }[];
  readonly damaged: readonly Damage[];
  readonly rollups: RollupCheck;
}

/** Files derived from segments. Nothing is lost with one: a reader asks the segment, and compaction makes it anew. */
export interface RollupCheck {
  /** Sound segments of observations that have theirs, and those that do not (yet, or of today's version). */
  readonly segments: number;
  readonly without: number;
  /** Such as are not what the catalogue says; one whose bytes changed and still read makes readers count wrong until it is rebuilt. */
  readonly damaged: readonly Damage[];
}

/** Reads every segment to its end and compares it with what the catalogue says of it. Changes nothing. */
export async function checkLake(root: string): Promise<LakeCheck> {
  const paths = await existingLake(root);
  const catalog = openCatalog(paths);
  try {
    const { sound, damaged } = await sortSegments(paths, liveSegments(catalog), "content");
    const tables = TABLE_NAMES.map((table) => {
      const own = sound.filter((segment) => segment.table === table);
      return { table, segments: own.length, rows: own.reduce((sum, { rows }) => sum + rows, 0) };
    });
    const rollups = await sortRollups(paths, liveRollups(catalog), "content");
    const covered = coveredSegments(rollups.sound);
    const looks = sound.filter(({ table }) => table === "observation");
    const segments = looks.filter(({ name }) => covered.has(name)).length;
    return { tables, damaged, rollups: { segments, without: looks.length - segments, damaged: rollups.damaged } };
  } finally {
    catalog.close();
  }
}
