import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { renameDurably, syncFile } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { instantOf } from "../model/instant.ts";
import type { Catalog } from "./catalog.io.ts";
import type { Engine } from "./engine.io.ts";
import { AS_PARQUET, sqlText } from "./stage-sql.ts";
import type { LakePaths } from "./lake.io.ts";
import { SCHEMA_VERSION, isDated, tableName } from "./table.ts";
import type { TableName } from "./table.ts";

/** One immutable Parquet file as the catalogue names it. */
export interface Segment {
  /** File name in `segment/`. */
  readonly name: string;
  readonly table: TableName;
  readonly schemaVersion: number;
  readonly rows: number;
  readonly sizeBytes: number;
  /** 64 hex digits over the whole file. */
  readonly sha256: string;
  /** Time of the first and last row, `YYYY-MM-DD HH:MM:SS.ffffff`; `null` for tables without a time. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

/** Where a fold works: the lake, its catalogue, an engine and a workspace of the folder's own. */
export interface FoldPlace {
  readonly paths: LakePaths;
  readonly catalog: Catalog;
  readonly engine: Engine;
  readonly workspace: string;
}

/** Segments in use, of one table or of all; those replaced and not yet removed are not among them. */
export function liveSegments(catalog: Catalog, table?: TableName): readonly Segment[] {
  const rows = catalog.db.prepare("SELECT * FROM segment WHERE retired_at IS NULL ORDER BY name").all();
  const all = rows.map((row): Segment => ({
    name: String(row["name"]),
    table: tableName(String(row["table_name"])),
    schemaVersion: Number(row["schema_version"]),
    rows: Number(row["row_count"]),
    sizeBytes: Number(row["size_bytes"]),
    sha256: String(row["sha256"]),
    firstAt: row["first_at"] === null ? null : String(row["first_at"]),
    lastAt: row["last_at"] === null ? null : String(row["last_at"]),
  }));
  return table === undefined ? all : all.filter((segment) => segment.table === table);
}

/**
 * Writes the rows of a query as a new segment and names it in the catalogue; `null` when there are none. Call it within the
 * catalogue's write transaction: a file that was renamed and not named is a leftover that the next opener removes.
 */
export async function writeSegment(place: FoldPlace, table: TableName, select: string): Promise<Segment | null> {
  const name = `${table}-${randomBytes(8).toString("hex")}.parquet`;
  const part = join(place.workspace, name);
  await place.engine.run(`COPY (${select}) TO ${sqlText(part)} (${AS_PARQUET}, COMPRESSION zstd)`);
  const dated = isDated(table) ? "min(seen_at)::VARCHAR AS first_at, max(seen_at)::VARCHAR" : "NULL AS first_at, NULL";
  const count = `SELECT count(*)::DOUBLE AS n, ${dated} AS last_at FROM read_parquet(${sqlText(part)})`;
  const [told] = await place.engine.rows(count);
  if (told === undefined || Number(told["n"]) === 0) return null;
  await syncFile(part);
  const segment: Segment = {
    name,
    table,
    schemaVersion: SCHEMA_VERSION,
    rows: Number(told["n"]),
    sizeBytes: (await stat(part)).size,
    sha256: await fileSha256(part),
    firstAt: textOrNull(told["first_at"]),
    lastAt: textOrNull(told["last_at"]),
  };
  await chmod(part, 0o440);
  await renameDurably(part, join(place.paths.segment, name));
  nameSegment(place.catalog, segment);
  return segment;
}

/** SHA-256 of a file's content, 64 hex digits. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

function nameSegment(catalog: Catalog, segment: Segment): void {
  const insert = catalog.db.prepare("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)");
  const { name, table, schemaVersion, rows, sizeBytes, sha256, firstAt, lastAt } = segment;
  const madeAt = instantOf(systemClock.epochMs());
  insert.run(name, table, schemaVersion, rows, sizeBytes, sha256, firstAt, lastAt, madeAt);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
