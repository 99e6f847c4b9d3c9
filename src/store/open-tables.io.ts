import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openCatalog } from "./catalog.io.ts";
import { sortSegments } from "./damage.io.ts";
import type { Engine } from "./engine.io.ts";
import { openEngine } from "./engine.io.ts";
import { harmedFiles, isRollup } from "./harmed-files.io.ts";
import type { LakePaths } from "./lake.io.ts";
import type { Lease } from "./lease.io.ts";
import { newLease } from "./lease.io.ts";
import { keptFiles, stateOf } from "./kept.io.ts";
import type { Kept } from "./kept.io.ts";
import { createRelations } from "./relations.io.ts";
import { copyJournals, stageJournals } from "./live-lines.io.ts";
import { readRunRow } from "./run-row.io.ts";
import { liveRollups } from "./rollup.io.ts";
import type { RollupFile } from "./rollup.io.ts";
import type { Segment } from "./segment.io.ts";
import { liveSegments } from "./segment.io.ts";
import type { Damage, SnapshotOptions } from "./snapshot.ts";
import { sqlText } from "./stage-sql.ts";
import { HOST_PLACE, NETWORK_PLACE } from "./network-sql.ts";
import { JUDGED_TABLES, RUN_ROW_SHAPE, VIEWS } from "./view-sql.ts";

/** Times a state is taken again when files of it are gone. */
export const MOST_TRIES = 5;
const LIVE = "live";
const DEFAULTS = { memoryMiB: 1024, threads: 2 };

/** As a snapshot is opened; an export may write into one folder. */
export interface OpenOptions extends SnapshotOptions {
  readonly writable?: string;
}

/** One consistent state of a lake, open in an engine of its own: schema `stored`, schema `judged`, and the views. */
export interface OpenTables {
  readonly engine: Engine;
  readonly segments: readonly Segment[];
  readonly rollups: readonly RollupFile[];
  readonly kept: Kept;
  /** Every run's row as a line of JSONL. */
  readonly runs: readonly string[];
  /** What readers tell: segments and lines of journals that are left out. */
  readonly damaged: readonly Damage[];
  /** Files this state was opened without, rollups among them. */
  readonly without: readonly Damage[];
  close(): Promise<void>;
}

/**
 * Takes a state of the lake: the journals first, then the catalogue, so that a line is in one, the other, or both, never in neither; what is in
 * both counts once. Damaged segments are left out and told, those in `without` unseen; a damaged rollup is left out and its segment read instead.
 */
export async function openTables(
  paths: LakePaths,
  options: OpenOptions,
  without: readonly Damage[],
): Promise<OpenTables> {
  const told = [...without];
  for (let tries = 1; ; tries += 1) {
    try {
      return await openOnce(paths, options, told);
    } catch (error) {
      // A broken footer shows itself here, a broken page only to a query; a file may also be gone since the catalogue was read.
      const left = new Set(told.map(({ file }) => file));
      const damaged = await harmedFiles(paths, readCatalog(paths));
      const found = damaged.filter(({ file }) => !left.has(file));
      told.push(...found);
      if (tries === MOST_TRIES || (found.length === 0 && !isFileGone(error))) throw error;
    }
  }
}

/** Tells whether the engine missed a file: replaced segments are removed at once by `forget`, else after ten minutes. */
export function isFileGone(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("IO Error");
}

async function openOnce(paths: LakePaths, options: OpenOptions, without: readonly Damage[]): Promise<OpenTables> {
  const lease = await newLease(paths);
  try {
    const { memoryMiB, threads } = { ...DEFAULTS, ...options };
    const engine = await openEngine({ spill: join(lease.workspace, "spill"), memoryMiB, threads });
    try {
      return await fillTables(paths, lease, engine, options, without);
    } catch (error) {
      engine.close();
      throw error;
    }
  } catch (error) {
    await lease.release();
    throw error;
  }
}

async function fillTables(
  paths: LakePaths,
  lease: Lease,
  engine: Engine,
  options: OpenOptions,
  without: readonly Damage[],
): Promise<OpenTables> {
  const folder = join(lease.workspace, LIVE);
  await mkdir(folder, { mode: 0o700 });
  const copy = await copyJournals(paths, folder);
  const { segments, rollups, runs, kept } = readCatalog(paths);
  const left = new Set(without.map(({ file }) => file));
  const trusted = segments.filter(({ name }) => !left.has(`segment/${name}`));
  const sorted = await sortSegments(paths, trusted, "size");
  const live = await stageJournals(engine, copy, folder);
  const all = { segments: sorted.sound, rollups: rollups.filter(({ name }) => !left.has(`rollup/${name}`)) };
  const used = await createRelations(paths, engine, all, { live: live.staged, window: options.window });
  // What was copied is in the engine now: nothing of it stays in a folder while the snapshot is open.
  await rm(folder, { recursive: true, force: true });
  const runRows = latestRuns(runs, live.staged?.runs ?? []);
  await createRuns(engine, runRows);
  for (const statement of JUDGED_TABLES) await engine.run(statement);
  await engine.run(`CREATE VIEW network_place AS ${NETWORK_PLACE}; CREATE VIEW host_place AS ${HOST_PLACE}`);
  for (const [name, sql] of Object.entries(VIEWS)) await engine.run(`CREATE VIEW ${name} AS ${sql}`);
  const rolled = inFolder(paths.rollup, [...used, ...kept.files]);
  const own = join(lease.workspace, "kept");
  const writable = [own, ...(options.writable === undefined ? [] : [options.writable])];
  await lockFiles(engine, [...inFolder(paths.segment, sorted.sound), ...rolled], writable);
  const damaged = [...without.filter(({ file }) => !isRollup(file)), ...sorted.damaged, ...live.damaged];
  const isWhole = damaged.length === 0 && live.staged === null && options.window === undefined;
  return {
    engine,
    segments: sorted.sound,
    rollups: used,
    runs: runRows,
    kept: { ...kept, folder: isWhole ? own : null },
    damaged,
    without,
    async close() {
      engine.close();
      await lease.release();
    },
  };
}

function inFolder(folder: string, files: readonly { readonly name: string }[]): readonly string[] {
  return files.map(({ name }) => join(folder, name));
}

/** From here on the engine opens these files, what lies in these folders, and nothing else. */
async function lockFiles(engine: Engine, files: readonly string[], writable: readonly string[]): Promise<void> {
  const folder = writable.map(sqlText).join(", ");
  await engine.run(
    `SET allowed_paths = [${files.map(sqlText).join(", ")}]; SET allowed_directories = [${folder}]; SET enable_external_access = false; SET lock_configuration = true`,
  );
}

interface CatalogState {
  readonly segments: readonly Segment[];
  readonly rollups: readonly RollupFile[];
  readonly kept: Omit<Kept, "folder">;
  /** Run id → when its row was written, and the row. */
  readonly runs: ReadonlyMap<string, { readonly writtenAt: string; readonly text: string }>;
}

function readCatalog(paths: LakePaths): CatalogState {
  const catalog = openCatalog(paths);
  try {
    return catalog.read(() => {
      const rows = catalog.db.prepare("SELECT run, written_at, row FROM run").all();
      const runs = rows.map(
        (row) => [String(row["run"]), { writtenAt: String(row["written_at"]), text: String(row["row"]) }] as const,
      );
      const state = stateOf(catalog);
      const kept = { state, files: keptFiles(catalog, state) };
      return { segments: liveSegments(catalog), rollups: liveRollups(catalog), runs: new Map(runs), kept };
    });
  } finally {
    catalog.close();
  }
}

/** The latest row of every run as JSON text: the catalogue's, or a later one from a journal. */
function latestRuns(kept: CatalogState["runs"], live: readonly string[]): readonly string[] {
  const rows = new Map(kept);
  for (const line of live) {
    const { run, text, writtenAt } = readRunRow(line);
    const known = rows.get(run);
    if (known === undefined || writtenAt > known.writtenAt) rows.set(run, { writtenAt, text });
  }
  return [...rows.values()].map(({ text }) => text);
}

async function createRuns(engine: Engine, rows: readonly string[]): Promise<void> {
  const list = `[${rows.join(",")}]`;
  await engine.run(
    `CREATE TABLE stored.run AS SELECT unnest(from_json(${sqlText(list)}, ${sqlText(RUN_ROW_SHAPE)}), max_depth := 2)`,
  );
}
