import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { instantOf } from "../model/instant.ts";
import type { Catalog } from "./catalog.io.ts";
import { openCatalog } from "./catalog.io.ts";
import type { FoldPlace } from "./segment.io.ts";
import { foldLines } from "./fold-lines.io.ts";
import type { LakePaths } from "./lake.io.ts";
import type { Lease } from "./lease.io.ts";
import { owners, tryLease } from "./lease.io.ts";
import { stateOf } from "./kept.io.ts";
import { removeRollups } from "./rollup.io.ts";
import { withPlace } from "./work-place.io.ts";

/** Minutes that a replaced segment stays for readers that still hold its name. */
export const LINGER_MS = 10 * 60_000;
const RECOVER_MEMORY_MIB = 512;
const NEWLINE = 10;
const TAIL_BYTES = 64 * 1024;

/** A journal chunk: `<owner>-<number>.jsonl`. */
export interface Chunk {
  readonly name: string;
  readonly owner: string;
}

/** Journal chunks in the order they were written. */
export async function journalChunks(paths: LakePaths): Promise<readonly Chunk[]> {
  const names = await readdir(paths.journal);
  return names
    .filter((name) => /^[0-9a-f]{16}-\d{6}\.jsonl$/u.test(name))
    .toSorted()
    .map((name) => ({ name, owner: name.slice(0, 16) }));
}

/** Clears up after owners that died: folds their chunks, empties their workspaces, removes files that no catalogue names. */
export async function recoverLake(paths: LakePaths, options: { readonly threads: number }): Promise<void> {
  const chunks = await journalChunks(paths);
  const left = new Set([...(await owners(paths)), ...chunks.map(({ owner }) => owner)]);
  for (const owner of left) {
    const dead = tryLease(paths, owner);
    if (dead === null) continue;
    await recoverOwner(paths, dead, options.threads);
    await dead.release();
  }
  const catalog = openCatalog(paths);
  try {
    await removeLeftovers(paths, catalog, LINGER_MS);
  } finally {
    catalog.close();
  }
}

async function recoverOwner(paths: LakePaths, dead: Lease, threads: number): Promise<void> {
  // Listed again under the lease: somebody may have cleared up meanwhile.
  const chunks = (await journalChunks(paths)).filter(({ owner }) => owner === dead.owner);
  if (chunks.length === 0) return;
  for (const { name } of chunks) await cutTornLine(join(paths.journal, name));
  await withPlace(paths, { memoryMiB: RECOVER_MEMORY_MIB, threads }, async (place) => {
    for (const { name } of chunks) await foldChunk(place, name);
  });
}

/** Folds a closed chunk and removes it. Done once only, however often it is tried. */
export async function foldChunk(place: FoldPlace, name: string): Promise<void> {
  const path = join(place.paths.journal, name);
  const found = await stat(path).catch(() => null);
  if (found === null) return;
  if (found.size > 0) {
    const job = { label: `journal/${name}`, run: name.slice(0, 16), chunk: name, importRun: null };
    await foldLines(place, { path, compression: "uncompressed" }, job);
  }
  await rm(path, { force: true });
  await syncFolder(place.paths.journal);
  await place.catalog.write(() => forgetChunk(place.catalog, name));
}

function forgetChunk(catalog: Catalog, name: string): Promise<void> {
  catalog.db.prepare("DELETE FROM folded WHERE chunk = ?").run(name);
  return Promise.resolve();
}

/** Cuts what follows the last newline: the line that the dead writer did not finish. */
async function cutTornLine(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    let end = (await file.stat()).size;
    while (end > 0) {
      const from = Math.max(0, end - TAIL_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - from), 0, end - from, from);
      const at = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
      if (at !== -1) {
        await file.truncate(from + at + 1);
        return;
      }
      end = from;
    }
    await file.truncate(0);
  } finally {
    await file.close();
  }
}

/** Removes segments that no catalogue row names, and replaced ones after `lingerMs`. Others' work in progress is safe: it holds the lock. */
export async function removeLeftovers(paths: LakePaths, catalog: Catalog, lingerMs: number): Promise<void> {
  await catalog.write(async () => {
    const before = instantOf(systemClock.epochMs() - lingerMs);
    const rows = catalog.db.prepare("SELECT name, retired_at FROM segment").all();
    const kept = new Set(
      rows.filter((row) => row["retired_at"] === null || String(row["retired_at"]) > before).map((row) => row["name"]),
    );
    for (const name of await readdir(paths.segment)) {
      if (!kept.has(name)) await rm(join(paths.segment, name), { force: true });
    }
    const gone = rows.filter((row) => !kept.has(row["name"]));
    for (const row of gone) catalog.db.prepare("DELETE FROM segment WHERE name = ?").run(row["name"] ?? null);
    catalog.db.prepare("DELETE FROM kept WHERE state <> ?").run(stateOf(catalog));
    await removeRollups(paths, catalog);
  });
}
