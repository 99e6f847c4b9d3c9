import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { Complaint } from "../model/complaint.ts";
import { isBusy } from "./lease.io.ts";
import type { LakePaths } from "./lake.io.ts";

/** Version of the catalogue's own tables. */
const CATALOG_VERSION = 3;

const TABLES_SQL = `
CREATE TABLE IF NOT EXISTS segment (
  name TEXT PRIMARY KEY, table_name TEXT NOT NULL, schema_version INTEGER NOT NULL, row_count INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, first_at TEXT, last_at TEXT, made_at TEXT NOT NULL, retired_at TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS rollup (
  name TEXT PRIMARY KEY, segment TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS kept (
  name TEXT PRIMARY KEY, key TEXT NOT NULL, state TEXT NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS folded (chunk TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS run (run TEXT PRIMARY KEY, written_at TEXT NOT NULL, row TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS checkpoint (
  scope_hash TEXT NOT NULL, shard TEXT NOT NULL, run TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (scope_hash, shard)
) STRICT;
PRAGMA user_version = ${CATALOG_VERSION};`;

/** Asking for the lock costs microseconds; waiting long between tries would let busier writers always win. */
const WAIT_MS = { first: 2, most: 15 };

/** The catalogue of a lake: which segments there are, run rows, resume points. One connection, for one owner. */
export interface Catalog {
  readonly db: DatabaseSync;
  /**
   * Runs `work` as one write transaction. Waits for other writers without blocking the event loop; `work` may await, others wait
   * meanwhile. Rolled back when it throws, and by the kernel and SQLite together when the process dies.
   */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` over one consistent state. */
  read<T>(work: () => T): T;
  close(): void;
}

/** Opens the catalogue, making it where it is missing. Throws a {@link Complaint} for one of a newer Corral. */
export function openCatalog(paths: LakePaths): Catalog {
  const db = new DatabaseSync(paths.catalog, { timeout: 10_000 });
  db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version > CATALOG_VERSION) {
    db.close();
    throw new Complaint([
      { place: paths.catalog, message: `version ${version}, this Corral knows ${CATALOG_VERSION}` },
    ]);
  }
  if (version < CATALOG_VERSION) db.exec(`BEGIN IMMEDIATE; ${TABLES_SQL} COMMIT`);
  db.exec("PRAGMA busy_timeout=0");
  return { db, write: (work) => write(db, work), read: (work) => read(db, work), close: () => db.close() };
}

async function write<T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> {
  await begin(db);
  try {
    const result = await work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

async function begin(db: DatabaseSync): Promise<void> {
  for (let pause = WAIT_MS.first; ; pause = Math.min(pause * 1.5, WAIT_MS.most)) {
    try {
      db.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    await wait(pause * (0.5 + Math.random()));
  }
}

function read<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN");
  try {
    return work();
  } finally {
    db.exec("COMMIT");
  }
}
