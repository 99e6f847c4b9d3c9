import type { Engine } from "./engine.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { relation } from "./relation.io.ts";
import { coveredSegments, rollupRelation, sortRollups } from "./rollup.io.ts";
import type { RollupFile } from "./rollup.io.ts";
import { ROLLUP_NAMES } from "./rollup-sql.ts";
import type { Segment } from "./segment.io.ts";
import type { Window } from "./snapshot.ts";
import type { Staged } from "./stage.io.ts";
import { newRows, sqlName, sqlText } from "./stage-sql.ts";
import { TABLES, TABLE_NAMES } from "./table.ts";
import type { TableName } from "./table.ts";

/** What a state of the lake is made of beside its segments. */
interface Beside {
  readonly live: Staged | null;
  readonly window: Window | undefined;
}

/**
 * Makes `stored.<table>` (segments, and the journals' rows that no segment has) and `rollup.<name>` (files of segments that have them all,
 * the rest made of the rows).
 *
 * @returns The rollups in use.
 */
export async function createRelations(
  paths: LakePaths,
  engine: Engine,
  { segments, rollups }: { readonly segments: readonly Segment[]; readonly rollups: readonly RollupFile[] },
  { live, window }: Beside,
): Promise<readonly RollupFile[]> {
  await engine.run("CREATE SCHEMA stored; CREATE SCHEMA live; CREATE SCHEMA rollup");
  await engine.run(
    `CREATE TABLE rollup.span AS SELECT ${sqlTime(window?.from)} AS from_at, ${sqlTime(window?.until)} AS until_at`,
  );
  const cut = windowSql(window);
  for (const table of TABLE_NAMES) await createStored(paths, engine, table, segments, { live, window: cut });
  const own = rollups.filter(({ segment }) => segments.some(({ name }) => name === segment));
  // A window cuts through the months: its rollups are made of the rows.
  const used = cut === null ? (await sortRollups(paths, own, "size")).sound : [];
  return createRollups(paths, engine, segments, used);
}

function sqlTime(time: string | null | undefined): string {
  return time === null || time === undefined ? "NULL::TIMESTAMP" : `${sqlText(time)}::TIMESTAMP`;
}

/** The condition of a window; `null` when nothing is cut off. */
function windowSql(window: Window | undefined): string | null {
  const parts = [
    ...(typeof window?.from === "string" ? [`seen_at >= ${sqlTime(window.from)}`] : []),
    ...(typeof window?.until === "string" ? [`seen_at < ${sqlTime(window.until)}`] : []),
  ];
  return parts.length === 0 ? null : parts.join(" AND ");
}

/** Makes `stored.<table>`: its segments, and the journals' rows that no segment has. */
async function createStored(
  paths: LakePaths,
  engine: Engine,
  table: TableName,
  segments: readonly Segment[],
  { live: staged, window }: { readonly live: Staged | null; readonly window: string | null },
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
  const all = `${disk}SELECT ${list} FROM live.${table}`;
  const seen = window === null || table !== "observation" ? all : `SELECT * FROM (${all}) WHERE ${window}`;
  await engine.run(`CREATE VIEW stored.${table} AS ${seen}`);
}

/**
 * Makes `rollup.<name>`: the files of the segments that have them all, and the rest made of the rows themselves.
 *
 * @returns The files in use.
 */
async function createRollups(
  paths: LakePaths,
  engine: Engine,
  segments: readonly Segment[],
  rollups: readonly RollupFile[],
): Promise<readonly RollupFile[]> {
  const covered = coveredSegments(rollups);
  const files = rollups.filter(({ segment }) => covered.has(segment));
  const list = TABLES.observation.columns.map(({ name }) => sqlName(name)).join(", ");
  const bare = relation(
    paths,
    segments.filter(({ table, name }) => table === "observation" && !covered.has(name)),
  );
  const rows = bare === null ? "" : `SELECT ${list} FROM ${bare} UNION ALL `;
  // Without any file, all rows of the state, cut to its window if there is one.
  const raw = covered.size === 0 ? "SELECT * FROM stored.observation" : `${rows}SELECT ${list} FROM live.observation`;
  await engine.run(`CREATE VIEW rollup.raw AS ${raw}`);
  for (const name of ROLLUP_NAMES)
    await engine.run(`CREATE VIEW rollup.${name} AS ${rollupRelation(paths, name, files, "rollup.raw")}`);
  return files;
}

function freshRows(table: TableName, staged: Staged): { readonly select: string; readonly repeats: boolean } | null {
  const dated = staged.dated.find((one) => one.table === table);
  if (dated !== undefined) return dated;
  const bridge = staged.bridges.find((one) => one.table === table);
  return bridge === undefined ? null : { select: `SELECT * FROM ${bridge.field}_row`, repeats: false };
}
