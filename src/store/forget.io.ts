import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../machine/clock.io.ts";
import { askToClose, isAsked } from "./close-request.io.ts";
import { sortSegments } from "./damage.io.ts";
import { relation } from "./relation.io.ts";
import { forgetFiles, logFiles } from "./forget-files.io.ts";
import type { Forgetting } from "./forgetting.ts";
import { isHeld, namesForgotten } from "./forgetting.ts";
import type { LakePaths } from "./lake.io.ts";
import { existingLake } from "./lake.io.ts";
import { owners } from "./lease.io.ts";
import { journalChunks, recoverLake, removeLeftovers } from "./recover.io.ts";
import { rewrite } from "./rewrite.io.ts";
import type { FoldPlace, Segment } from "./segment.io.ts";
import { liveSegments } from "./segment.io.ts";
import { sqlName, sqlText } from "./stage-sql.ts";
import type { TableName } from "./table.ts";
import { withPlace } from "./work-place.io.ts";

/** What was forgotten, and what could not be: `left` is empty only when nothing of it remains. */
export interface Forgotten {
  readonly observations: number;
  readonly cards: number;
  /** Lines of request logs and rejects. */
  readonly lines: number;
  readonly left: readonly string[];
}

/** How long live writers get to close and fold their chunks. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Forgets for good: folds every journal (live writers are asked to close theirs), rewrites the segments that hold such rows, drops lists that
 * nobody references any more, cleans request logs and rejects, removes replaced files at once and vacuums the catalogue.
 */
export async function forget(root: string, what: Forgetting): Promise<Forgotten> {
  const paths = await existingLake(root);
  const logs = await logFiles(paths);
  const busy = await settleWriters(paths, logs);
  const rows = await withPlace(paths, {}, async (place) => {
    const done = await forgetRows(place, what);
    await removeLeftovers(paths, place.catalog, -1);
    return { ...done, catalog: await cleanCatalog(place) };
  });
  const lines = await forgetFiles(paths, logs, what, (text) => namesForgotten(text, what));
  return { observations: rows.observations, cards: rows.cards, lines, left: [...busy, ...rows.left, ...rows.catalog] };
}

/** Waits until every chunk and log that exists now is closed and folded; tells which are not. */
async function settleWriters(paths: LakePaths, logs: readonly string[]): Promise<readonly string[]> {
  await recoverLake(paths, { threads: 2 });
  const chunks = (await journalChunks(paths)).map(({ name }) => name);
  const writers = new Set([...chunks, ...logs].map((name) => name.slice(0, 16)));
  const alive = (await owners(paths)).filter((owner) => writers.has(owner));
  for (const owner of alive) await askToClose(paths, owner);
  const start = systemClock.monotonicMs();
  for (;;) {
    const now = new Set((await journalChunks(paths)).map(({ name }) => name));
    const open = chunks.filter((name) => now.has(name)).map((name) => `journal/${name}`);
    const asked = await Promise.all(
      alive.map(async (owner) => ((await isAsked(paths, owner)) ? [`tmp/${owner}`] : [])),
    );
    const left = [...open, ...asked.flat()];
    if (left.length === 0) return [];
    if (systemClock.monotonicMs() - start > PATIENCE_MS)
      return left.map((file) => `${file}: in use by a running command`);
    await wait(PAUSE_MS);
    await recoverLake(paths, { threads: 2 });
  }
}

interface RowsForgotten {
  readonly observations: number;
  readonly cards: number;
  readonly left: readonly string[];
}

function forgetRows(place: FoldPlace, what: Forgetting): Promise<RowsForgotten> {
  return place.catalog.write(async () => {
    const { sound, damaged } = await sortSegments(place.paths, liveSegments(place.catalog), "content");
    const of = (table: TableName): readonly Segment[] => sound.filter((segment) => segment.table === table);
    const observations = await forgetDated(place, "observation", what, of("observation"));
    const cards = await forgetDated(place, "card", what, of("card"));
    if (damaged.length === 0) {
      await dropOrphans(place, "inventory_model", "inventory");
      await dropOrphans(place, "running_model", "running");
      if (what.kind === "before") await forgetRuns(place, what);
    }
    const left = damaged.map(({ file, reason }) => `${file}: ${reason}: cannot be read, so it is left as it is`);
    return { observations, cards, left };
  });
}

/** Rewrites the segments of a table that hold rows to forget; returns how many rows went. */
async function forgetDated(
  place: FoldPlace,
  table: "observation" | "card",
  what: Forgetting,
  segments: readonly Segment[],
): Promise<number> {
  const from = relation(place.paths, segments);
  if (from === null) return 0;
  const gone = await goneSql(place, from, what);
  let rows = 0;
  for (const segment of segments) {
    const [count] = await place.engine.rows(
      `SELECT count(*)::DOUBLE AS n FROM ${relation(place.paths, [segment])} WHERE ${gone}`,
    );
    const lost = Number(count?.["n"]);
    if (lost > 0) await rewrite(place, table, [segment], `NOT (${gone})`);
    rows += lost;
  }
  return rows;
}

/** SQL that is true for a row to forget. */
async function goneSql(place: FoldPlace, from: string, what: Forgetting): Promise<string> {
  if (what.kind === "before") {
    const ofRuns = what.runs === null ? "" : ` AND run IN (${[...what.runs, ""].map(sqlText).join(", ")})`;
    return `seen_at < ${sqlText(what.instant)}::TIMESTAMP${ofRuns}`;
  }
  const rows = await place.engine.rows(`SELECT DISTINCT address FROM ${from}`);
  const gone = rows.map(({ address }) => String(address)).filter((address) => isHeld(address, what.prefixes));
  await place.engine.run("CREATE OR REPLACE TEMP TABLE forgotten (address VARCHAR)");
  if (gone.length > 0) {
    await place.engine.run(
      `INSERT INTO forgotten SELECT unnest(from_json(${sqlText(JSON.stringify(gone))}, '["VARCHAR"]'))`,
    );
  }
  return "address IN (SELECT address FROM forgotten)";
}

/** Drops lists that no observation references any more. */
async function dropOrphans(place: FoldPlace, table: TableName, id: "inventory" | "running"): Promise<void> {
  const observations = relation(place.paths, liveSegments(place.catalog, "observation"));
  const used =
    observations === null ? "SELECT NULL::BLOB AS id" : `SELECT DISTINCT ${sqlName(id)} AS id FROM ${observations}`;
  await place.engine.run(`CREATE OR REPLACE TEMP TABLE used AS SELECT id FROM (${used}) WHERE id IS NOT NULL`);
  for (const segment of liveSegments(place.catalog, table)) {
    const from = relation(place.paths, [segment]);
    const keep = `${sqlName(id)} IN (SELECT id FROM used)`;
    const [count] = await place.engine.rows(`SELECT count(*)::DOUBLE AS n FROM ${from} WHERE NOT (${keep})`);
    if (Number(count?.["n"]) > 0) await rewrite(place, table, [segment], keep);
  }
}

/** Forgets runs and resume points that ended before, unless an observation still names the run. */
async function forgetRuns(place: FoldPlace, { instant, runs }: Extract<Forgetting, { kind: "before" }>): Promise<void> {
  const observations = relation(place.paths, liveSegments(place.catalog, "observation"));
  const rows = observations === null ? [] : await place.engine.rows(`SELECT DISTINCT run FROM ${observations}`);
  const used = new Set(rows.map(({ run }) => String(run)));
  const { db } = place.catalog;
  const old = db.prepare("SELECT run FROM run WHERE written_at < ?").all(instant);
  const remove = db.prepare("DELETE FROM run WHERE run = ?");
  const isMeant = (run: string): boolean => runs?.has(run) ?? true;
  for (const { run } of old) if (!used.has(String(run)) && isMeant(String(run))) remove.run(run ?? null);
  const points = db.prepare("SELECT run FROM checkpoint WHERE at < ?").all(instant);
  const removePoint = db.prepare("DELETE FROM checkpoint WHERE run = ? AND at < ?");
  for (const { run } of points) if (isMeant(String(run))) removePoint.run(run ?? null, instant);
}

/** Takes deleted rows out of the catalogue's file and its log; tells when a reader keeps it from doing so. */
async function cleanCatalog({ catalog }: FoldPlace): Promise<readonly string[]> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      catalog.db.exec("VACUUM");
      const row = catalog.db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
      if (Number(row?.["busy"]) === 0) return [];
    } catch {
      // Locked by another: try again.
    }
    await wait(PAUSE_MS);
  }
  return ["catalog.db: in use, not vacuumed"];
}
