import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { renameDurably, syncFile } from "../machine/atomic-file.io.ts";
import type { Catalog } from "./catalog.io.ts";
import { openCatalog } from "./catalog.io.ts";
import { whyDamaged } from "./damage.io.ts";
import type { Engine } from "./engine.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { fileSha256, liveSegments } from "./segment.io.ts";
import { AS_PARQUET, sqlName, sqlText } from "./stage-sql.ts";

/** Answers kept for one state of a lake: never the truth, gone as soon as any segment or run row is another. */
export interface Kept {
  /** What the catalogue held: {@link stateOf}. */
  readonly state: string;
  readonly files: readonly KeptFile[];
  /** Where the engine may write one; `null` when this look at the lake holds more or less than the catalogue's state does. */
  readonly folder: string | null;
}

/** One answer as the catalogue names it. */
export interface KeptFile {
  /** File name in `rollup/`. */
  readonly name: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const MOST_KEPT = 24;

/** Names a state of the lake: its segments and run rows, 64 hex digits. */
export function stateOf(catalog: Catalog): string {
  const runs = catalog.db.prepare("SELECT run, written_at FROM run ORDER BY run").all();
  const names = liveSegments(catalog).map(({ name }) => name);
  return digest([...names, ...runs.map((row) => `${String(row["run"])} ${String(row["written_at"])}`)]);
}

/** The answers kept for a state. */
export function keptFiles(catalog: Catalog, state: string): readonly KeptFile[] {
  const rows = catalog.db.prepare("SELECT * FROM kept WHERE state = ? ORDER BY name").all(state);
  return rows.map((row) => ({
    name: String(row["name"]),
    key: String(row["key"]),
    sizeBytes: Number(row["size_bytes"]),
    sha256: String(row["sha256"]),
  }));
}

/** Makes a temporary table of what is kept under a key; tells whether there is such a thing, sound to the last byte. */
export async function readTable(
  paths: LakePaths,
  engine: Engine,
  kept: Kept,
  { name, key }: { readonly name: string; readonly key: string },
): Promise<boolean> {
  const file = kept.folder === null ? undefined : kept.files.find((one) => one.key === key);
  if (file === undefined) return false;
  const path = join(paths.rollup, file.name);
  if ((await whyDamaged(path, file, "content")) !== null) return false;
  await engine.run(`CREATE TEMP TABLE ${sqlName(name)} AS SELECT * FROM read_parquet(${sqlText(path)})`);
  return true;
}

/** Makes a temporary table of a query. Parquet has no HUGEINT, so the table has none either: it is the same, made or read. */
export async function makeTable(engine: Engine, name: string, select: string): Promise<void> {
  const columns = await engine.rows(`SELECT column_name, column_type FROM (DESCRIBE ${select})`);
  const list = columns.map(({ column_name: column, column_type: type }) =>
    type === "HUGEINT" ? `${sqlName(String(column))}::BIGINT AS ${sqlName(String(column))}` : sqlName(String(column)),
  );
  await engine.run(`CREATE TEMP TABLE ${sqlName(name)} AS SELECT ${list.join(", ")} FROM (${select})`);
}

/** Keeps a table for whoever asks the same of the same state next; does nothing when the lake is another meanwhile. */
export async function keepTable(
  paths: LakePaths,
  engine: Engine,
  { state, folder }: Kept,
  { name, key }: { readonly name: string; readonly key: string },
): Promise<void> {
  if (folder === null) return;
  const file = `kept-${randomBytes(8).toString("hex")}.parquet`;
  const part = join(folder, file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await engine.run(`COPY ${sqlName(name)} TO ${sqlText(part)} (${AS_PARQUET}, COMPRESSION zstd)`);
  await syncFile(part);
  const { size } = await stat(part);
  const sha256 = await fileSha256(part);
  await chmod(part, 0o440);
  const catalog = openCatalog(paths);
  try {
    await catalog.write(async () => {
      if (stateOf(catalog) !== state) return;
      await mkdir(paths.rollup, { recursive: true, mode: 0o700 });
      await renameDurably(part, join(paths.rollup, file));
      catalog.db.prepare("DELETE FROM kept WHERE key = ?").run(key);
      catalog.db.prepare("INSERT INTO kept VALUES (?, ?, ?, ?, ?)").run(file, key, state, size, sha256);
      // Other questions, and what earlier programs asked: the oldest go, their files with the next opener.
      const last = "SELECT rowid FROM kept ORDER BY rowid DESC LIMIT ?";
      catalog.db.prepare(`DELETE FROM kept WHERE rowid NOT IN (${last})`).run(MOST_KEPT);
    });
  } finally {
    catalog.close();
  }
}

/** Names the program's own modules by path, size and time: another version judges otherwise. */
export async function programMark(): Promise<string> {
  const root = join(import.meta.dirname, "..");
  const names = await readdir(root, { recursive: true });
  const modules = names.filter((name) => /\.(?:js|ts|sql|json)$/u.test(name)).toSorted();
  const told = await Promise.all(modules.map(async (name) => ({ name, found: await stat(join(root, name)) })));
  return digest(told.map(({ name, found }) => `${name} ${found.size} ${found.mtimeMs}`));
}

/** SHA-256 of texts, one a line; 64 hex digits. */
export function digest(texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\n")).digest("hex");
}
