import { chmod, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { renameDurably, syncFile, syncFolder, writeFileAtomic } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { makeFolder } from "../machine/make-folder.io.ts";
import { refuseUnlessFile } from "../machine/replaceable.io.ts";
import { streamToFile } from "../machine/stream-file.io.ts";
import { Complaint } from "../model/complaint.ts";
import { instantOf } from "../model/instant.ts";
import type { Judgements } from "../model/judgements.ts";
import { csvSelect } from "./csv-text.ts";
import type { Engine } from "./engine.io.ts";
import { CARD_LINES, OBSERVATION_LINES } from "./export-sql.ts";
import { judgedTables } from "./judged.io.ts";
import { existingLake } from "./lake.io.ts";
import type { OpenTables } from "./open-tables.io.ts";
import { fileSha256 } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";
import { AS_PARQUET, sqlText } from "./stage-sql.ts";
import { SCHEMA_VERSION } from "./table.ts";
import { UNEXPORTED_VIEWS, VIEWS } from "./view-sql.ts";
import { withTables } from "./with-tables.io.ts";

/** What an export wrote. */
export interface Exported {
  readonly files: readonly { readonly file: string; readonly rows: number }[];
  readonly damaged: readonly Damage[];
}

/** Writes a lake as Corral's JSONL: runs, cards, observations. Imported again it gives the same lake. `.gz` and `.zst` are packed. */
export async function exportLines(root: string, out: string, stopped: AbortSignal): Promise<Exported> {
  const paths = await existingLake(root);
  return withTables(paths, {}, async (tables) => {
    const rows = await streamToFile(out, allLines(tables), stopped);
    return { files: [{ file: out, rows }], damaged: tables.damaged };
  });
}

async function* allLines(tables: OpenTables): AsyncGenerator<string, number> {
  let count = tables.runs.length;
  yield tables.runs.map((line) => `${line}\n`).join("");
  for (const sql of [CARD_LINES, OBSERVATION_LINES]) {
    const result = await tables.engine.connection.stream(sql);
    for await (const rows of result.yieldRowsJson()) {
      count += rows.length;
      yield rows.map(([line]) => (typeof line === "string" ? `${line}\n` : "")).join("");
    }
  }
  return count;
}

/** Kinds of file that other programs read a view from. */
export type ViewFormat = "csv" | "parquet";

/**
 * Writes every view that may leave, of one consistent state, as a file of its own, and a manifest (`manifest.json`: when, schema version, per file its rows,
 * size and SHA-256). The folder appears whole or not at all.
 */
export async function exportViews(
  root: string,
  judgements: Judgements,
  out: string,
  format: ViewFormat,
): Promise<Exported> {
  const found = await stat(out).catch(() => null);
  if (found !== null) throw new Complaint([{ place: "--out", message: `${out}: exists already` }], "name a new folder");
  const paths = await existingLake(root);
  const part = `${out}.part`;
  await rm(part, { recursive: true, force: true });
  await makeFolder(part, 0o700);
  try {
    const { files, damaged } = await withTables(paths, { writable: part }, async (tables) => {
      await judgedTables(tables.engine, judgements).prepare(EXPORTED.join(" "));
      const written = [];
      for (const name of EXPORTED) written.push(await exportView(tables.engine, name, part, format));
      return { files: written, damaged: tables.damaged };
    });
    const manifest = {
      made_at: instantOf(systemClock.epochMs()),
      schema_version: SCHEMA_VERSION,
      files,
      left_out: damaged,
    };
    await writeFileAtomic(join(part, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(part, out);
    await syncFolder(dirname(out));
    return { files: files.map(({ file, rows }) => ({ file: join(out, file), rows })), damaged };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

const EXPORTED: readonly string[] = Object.keys(VIEWS).filter((name) => !UNEXPORTED_VIEWS.has(name));

/** Writes one view as one file. A name that is none is a {@link Complaint}. */
export async function exportOneView(
  root: string,
  judgements: Judgements,
  view: string,
  out: string,
  format: ViewFormat,
): Promise<Exported> {
  if (!EXPORTED.includes(view)) {
    throw new Complaint([{ place: "--view", message: `${view}: no such view` }], `one of ${EXPORTED.join(", ")}`);
  }
  await refuseUnlessFile(out);
  const paths = await existingLake(root);
  const part = `${out}.part`;
  await rm(part, { recursive: true, force: true });
  await makeFolder(part, 0o700);
  try {
    const { file, rows, damaged } = await withTables(paths, { writable: part }, async (tables) => {
      await judgedTables(tables.engine, judgements).prepare(view);
      return { ...(await exportView(tables.engine, view, part, format)), damaged: tables.damaged };
    });
    await renameDurably(join(part, file), out);
    return { files: [{ file: out, rows }], damaged };
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

interface ViewFile {
  readonly view: string;
  readonly file: string;
  readonly rows: number;
  readonly size_bytes: number;
  readonly sha256: string;
}

async function exportView(engine: Engine, view: string, folder: string, format: ViewFormat): Promise<ViewFile> {
  const file = `${view}.${format}`;
  const path = join(folder, file);
  const how = format === "csv" ? "(FORMAT csv, HEADER)" : `(${AS_PARQUET}, COMPRESSION zstd)`;
  const [told] = await engine.rows(`SELECT count(*)::DOUBLE AS n FROM ${view}`);
  await engine.run(`COPY (${await selectOf(engine, view, format)}) TO ${sqlText(path)} ${how}`);
  await chmod(path, 0o600); // the engine makes files that others may read
  await syncFile(path);
  return { view, file, rows: Number(told?.["n"]), size_bytes: (await stat(path)).size, sha256: await fileSha256(path) };
}

async function selectOf(engine: Engine, view: string, format: ViewFormat): Promise<string> {
  if (format === "parquet") return `SELECT * FROM ${view}`;
  const columns = await engine.rows(`SELECT column_name, column_type FROM (DESCRIBE ${view})`);
  return csvSelect(
    view,
    columns.map((row) => ({ name: String(row["column_name"]), type: String(row["column_type"]) })),
  );
}
