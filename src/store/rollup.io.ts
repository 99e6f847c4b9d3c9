import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { renameDurably, syncFile } from "../machine/atomic-file.io.ts";
import type { Catalog } from "./catalog.io.ts";
import { whyDamaged } from "./damage.io.ts";
import { relation } from "./relation.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { heldSql, ROLLUP_NAMES, ROLLUP_VERSION, ROLLUPS } from "./rollup-sql.ts";
import type { RollupName } from "./rollup-sql.ts";
import { fileSha256, liveSegments } from "./segment.io.ts";
import type { FoldPlace, Segment } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";
import { AS_PARQUET, sqlName, sqlText } from "./stage-sql.ts";

/** One derived file as the catalogue names it. */
export interface RollupFile {
  /** File name in `rollup/`. */
  readonly name: string;
  /** The segment it was made of, by file name. */
  readonly segment: string;
  readonly kind: RollupName;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Today's rollups of segments in use; those of another version are not among them. */
export function liveRollups(catalog: Catalog): readonly RollupFile[] {
  const rows = catalog.db
    .prepare(
      `SELECT r.* FROM rollup AS r JOIN segment AS s ON s.name = r.segment
       WHERE s.retired_at IS NULL AND r.version = ? ORDER BY r.name`,
    )
    .all(ROLLUP_VERSION);
  return rows.flatMap((row) => {
    const kind = ROLLUP_NAMES.find((name) => name === row["kind"]);
    if (kind === undefined) return [];
    const [name, segment, sha256] = [String(row["name"]), String(row["segment"]), String(row["sha256"])];
    return [{ name, segment, kind, sizeBytes: Number(row["size_bytes"]), sha256 }];
  });
}

/** Rollups that can be trusted, and those that cannot, with the reason; `rows` of a damaged one are 0, for its segment holds them. */
export async function sortRollups(
  paths: LakePaths,
  rollups: readonly RollupFile[],
  depth: "size" | "content",
): Promise<{ readonly sound: readonly RollupFile[]; readonly damaged: readonly Damage[] }> {
  const sound: RollupFile[] = [];
  const damaged: Damage[] = [];
  for (const rollup of rollups) {
    const reason = await whyDamaged(join(paths.rollup, rollup.name), rollup, depth);
    if (reason === null) sound.push(rollup);
    else damaged.push({ file: `rollup/${rollup.name}`, reason, rows: 0 });
  }
  return { sound, damaged };
}

/** Of these segments the names of those that have every rollup. */
export function coveredSegments(rollups: readonly RollupFile[]): ReadonlySet<string> {
  const kinds = new Map<string, Set<RollupName>>();
  for (const { segment, kind } of rollups) kinds.set(segment, (kinds.get(segment) ?? new Set()).add(kind));
  return new Set([...kinds].filter(([, has]) => has.size === ROLLUP_NAMES.length).map(([segment]) => segment));
}

/**
 * Writes a segment's rollups and names them in the catalogue, in place of any it had. Call it within the catalogue's write transaction,
 * once the lists that the segment names are written.
 */
export async function writeRollups(place: FoldPlace, segment: Segment): Promise<void> {
  const looks = relation(place.paths, [segment]);
  if (segment.table !== "observation" || looks === null) return;
  await mkdir(place.paths.rollup, { recursive: true, mode: 0o700 });
  const running = relation(place.paths, liveSegments(place.catalog, "running_model"));
  const loaded = running === null ? NOTHING_HELD : heldSql(running, looks);
  const { db } = place.catalog;
  const forget = db.prepare("DELETE FROM rollup WHERE segment = ?");
  forget.run(segment.name);
  for (const kind of ROLLUP_NAMES) {
    const file = await writeRollup(place, kind, ROLLUPS[kind].select(looks, loaded)).catch(() => null);
    if (file === null) {
      // Nothing is lost with a rollup: whatever kept it from being made (a damaged list, memory), readers ask the segment.
      forget.run(segment.name);
      return;
    }
    db.prepare("INSERT INTO rollup VALUES (?, ?, ?, ?, ?, ?)").run(
      file.name,
      segment.name,
      kind,
      ROLLUP_VERSION,
      file.sizeBytes,
      file.sha256,
    );
  }
}

const NOTHING_HELD = "SELECT NULL::BLOB AS running, NULL::VARCHAR AS held";

async function writeRollup(
  { paths, engine, workspace }: FoldPlace,
  kind: RollupName,
  select: string,
): Promise<{ readonly name: string; readonly sizeBytes: number; readonly sha256: string }> {
  const name = `${kind}-${randomBytes(8).toString("hex")}.parquet`;
  const part = join(workspace, name);
  await engine.run(`COPY (${select}) TO ${sqlText(part)} (${AS_PARQUET}, COMPRESSION zstd)`);
  await syncFile(part);
  const file = { name, sizeBytes: (await stat(part)).size, sha256: await fileSha256(part) };
  await chmod(part, 0o440);
  await renameDurably(part, join(paths.rollup, name));
  return file;
}

/** Removes rollups whose segment is gone, and files that no catalogue row names. Call it within the catalogue's write transaction. */
export async function removeRollups(paths: LakePaths, { db }: Catalog): Promise<void> {
  db.exec("DELETE FROM rollup WHERE segment NOT IN (SELECT name FROM segment)");
  const named = new Set(
    db
      .prepare("SELECT name FROM rollup UNION ALL SELECT name FROM kept")
      .all()
      .map((row) => row["name"]),
  );
  for (const name of await readdir(paths.rollup).catch(() => [])) {
    if (!named.has(name)) await rm(join(paths.rollup, name), { force: true });
  }
}

/** The rows of a rollup over some files and, of what no file covers (`raw`), made on the spot. */
export function rollupRelation(paths: LakePaths, kind: RollupName, files: readonly RollupFile[], raw: string): string {
  const { columns } = ROLLUPS[kind];
  const list = columns.map(sqlName).join(", ");
  const own = files.filter((file) => file.kind === kind).map(({ name }) => sqlText(join(paths.rollup, name)));
  const stored = own.length === 0 ? "" : `SELECT ${list} FROM read_parquet([${own.join(", ")}]) UNION ALL `;
  // Every observation is as good as those a pick leaves: a view takes the last of its kind.
  if (kind === "pick") return `${stored}SELECT ${list} FROM ${raw}`;
  return `${stored}SELECT ${list} FROM (${ROLLUPS[kind].select(raw, heldSql("stored.running_model", raw))})`;
}
