import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openCatalog } from "./catalog.io.ts";
import { sortSegments } from "./damage.io.ts";
import type { Engine } from "./engine.io.ts";
import { openEngine } from "./engine.io.ts";
import { relation } from "./fold.io.ts";
import type { LakePaths } from "./lake.io.ts";
import type { Lease } from "./lease.io.ts";
import { newLease } from "./lease.io.ts";
import { copyJournals, stageJournals } from "./live-lines.io.ts";
import { readRunRow } from "./run-row.io.ts";
import type { Segment } from "./segment.io.ts";
import { liveSegments } from "./segment.io.ts";
import type { Damage, SnapshotOptions } from "./snapshot.ts";
import type { Staged } from "./stage.io.ts";
import { newRows, sqlName, sqlText } from "./stage-sql.ts";
import { TABLES, TABLE_NAMES } from "./table.ts";
import type { TableName } from "./table.ts";
import { NETWORK_PLACE } from "./network-sql.ts";
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
  /** Every run's row as a line of JSONL. */
  readonly runs: readonly string[];
  readonly damaged: readonly Damage[];
  close(): Promise<void>;
}

/**
 * Takes a state of the lake: the journals first, then the catalogue, so that a line is in one, the other, or both, never in neither; what is in
 * both counts once. Damaged segments are left out and told, those in `without` unseen.
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
      const { damaged } = await sortSegments(paths, readCatalog(paths).segments, "content");
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
  const { segments, runs } = readCatalog(paths);
  const left = new Set(without.map(({ file }) => file));
  const trusted = segments.filter(({ name }) => !left.has(`segment/${name}`));
  const sorted = await sortSegments(paths, trusted, "size");
  const live = await stageJournals(engine, copy, folder);
  await engine.run("CREATE SCHEMA stored; CREATE SCHEMA live");
  for (const table of TABLE_NAMES) await createStored(paths, engine, table, sorted.sound, live.staged);
  // What was copied is in the engine now: nothing of it stays in a folder while the snapshot is open.
  await rm(folder, { recursive: true, force: true });
  const runRows = latestRuns(runs, live.staged?.runs ?? []);
  await createRuns(engine, runRows);
  for (const statement of JUDGED_TABLES) await engine.run(statement);
  await engine.run(`CREATE VIEW network_place AS ${NETWORK_PLACE}`);
  for (const [name, sql] of Object.entries(VIEWS)) await engine.run(`CREATE VIEW ${name} AS ${sql}`);
  const files = sorted.sound.map(({ name }) => sqlText(join(paths.segment, name))).join(", ");
  const folders = options.writable === undefined ? "" : sqlText(options.writable);
  await engine.run(
    `SET allowed_paths = [${files}]; SET allowed_directories = [${folders}]; SET enable_external_access = false; SET lock_configuration = true`,
  );
  return {
    engine,
    segments: sorted.sound,
    runs: runRows,
    damaged: [...without, ...sorted.damaged, ...live.damaged],
    async close() {
      engine.close();
      await lease.release();
    },
  };
}

interface CatalogState {
  readonly segments: readonly Segment[];
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
      return { segments: liveSegments(catalog), runs: new Map(runs) };
    });
  } finally {
    catalog.close();
  }
}

/** Makes `stored.<table>`: its segments, and the journals' rows that no segment has. */
async function createStored(
  paths: LakePaths,
  engine: Engine,
  table: TableName,
  segments: readonly Segment[],
  staged: Staged | null,
): Promise<void> {
  const { columns } = TABLES[table];
  const types = columns.map(({ name, type }) => `${sqlName(name)} ${type}`);
  await engine.run(`CREATE TABLE live.${table} (${types.join(", ")})`);
  const known = relation(
    paths,
    segments.filter((segment) => segment.table === table),
  );
  const fresh = staged === null ? null : freshRows(table, staged);
  if (fresh !== null)
    await engine.run(`INSERT INTO live.${table} ${newRows(table, fresh.select, known, fresh.repeats)}`);
  const list = columns.map(({ name }) => sqlName(name)).join(", ");
  const disk = known === null ? "" : `SELECT ${list} FROM ${known} UNION ALL `;
  await engine.run(`CREATE VIEW stored.${table} AS ${disk}SELECT ${list} FROM live.${table}`);
}

function freshRows(table: TableName, staged: Staged): { readonly select: string; readonly repeats: boolean } | null {
  const dated = staged.dated.find((one) => one.table === table);
  if (dated !== undefined) return dated;
  const bridge = staged.bridges.find((one) => one.table === table);
  return bridge === undefined ? null : { select: `SELECT * FROM ${bridge.field}_row`, repeats: false };
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
