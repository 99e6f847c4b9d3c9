import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { Complaint } from "../../model/complaint.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { CountChange, CountFailure, CountsTaken, CountStore, CountTake } from "./count-store.ts";
import type { KnownCount } from "./known-counts.ts";
import { blockOf } from "./lease.ts";

const TABLES_SQL = `
CREATE TABLE IF NOT EXISTS count (
  meter TEXT NOT NULL, window INTEGER NOT NULL, ends INTEGER NOT NULL, spent INTEGER NOT NULL, PRIMARY KEY (meter, window)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), latest INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO clock VALUES (1, 0);`;

/** A second gateway over the same file holds the lock for one batch at a time. */
const BUSY_MS = 2000;
/** Windows that ended are deleted this often. */
const PURGE_EVERY_MS = 60_000;

interface Statements {
  readonly spent: StatementSync;
  readonly add: StatementSync;
  readonly set: StatementSync;
  readonly purge: StatementSync;
  readonly setLatest: StatementSync;
  readonly latest: StatementSync;
}

/** Counts of one gateway in a file. */
export interface SqliteCounts extends CountStore {
  /** Writes what counters kept elsewhere stand at. */
  mirror(counts: readonly KnownCount[], atMs: number): Result<readonly number[], CountFailure>;
}

/** Opens the counts of one gateway, making the file where it is missing. Throws a {@link Complaint} when it cannot. */
export function openSqliteCounts(path: string, busyMs = BUSY_MS): SqliteCounts {
  const db = openDatabase(path, busyMs);
  const statements: Statements = {
    spent: db.prepare("SELECT spent FROM count WHERE meter = ? AND window = ?"),
    add: db.prepare(
      "INSERT INTO count VALUES (?1, ?2, ?3, max(0, ?4)) ON CONFLICT DO UPDATE SET spent = max(0, spent + ?4)",
    ),
    set: db.prepare("INSERT INTO count VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET spent = ?4"),
    purge: db.prepare("DELETE FROM count WHERE ends <= ?"),
    setLatest: db.prepare("UPDATE clock SET latest = max(latest, ?)"),
    latest: db.prepare("SELECT latest FROM clock"),
  };
  let purgeAtMs = 0;
  return {
    apply(changes, takes, atMs, done) {
      const isPurging = atMs >= purgeAtMs;
      if (isPurging) purgeAtMs = atMs + PURGE_EVERY_MS;
      done(
        transact(db, path, () => {
          if (isPurging) statements.purge.run(Math.floor(atMs));
          return applyAll(statements, changes, takes, atMs);
        }),
      );
    },
    mirror: (counts, atMs) =>
      transact(db, path, () => {
        statements.setLatest.run(Math.floor(atMs));
        for (const { meter, window, spent } of counts) statements.set.run(meter, window.start, window.ends, spent);
        return [];
      }),
    latestMs: () => Number(statements.latest.get()?.["latest"] ?? 0),
    close() {
      db.close();
      return Promise.resolve();
    },
  };
}

function openDatabase(path: string, busyMs: number): DatabaseSync {
  try {
    keepPrivate(path);
    const db = new DatabaseSync(path, { timeout: busyMs });
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    db.exec(TABLES_SQL);
    return db;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Complaint([{ place: path, message }], "the counts of the gateway must be readable and writable");
  }
}

/** For the owner alone, from the first moment, and where an earlier version made it readable; SQLite gives its helpers the same rights. */
function keepPrivate(path: string): void {
  closeSync(openSync(path, "a", 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}

function transact(db: DatabaseSync, place: string, work: () => readonly number[]): CountsTaken {
  if (!db.isOpen) return fail({ place, message: "the counts are closed" });
  try {
    db.exec("BEGIN IMMEDIATE");
    const taken = work();
    db.exec("COMMIT");
    return ok(taken);
  } catch (error) {
    if (db.isTransaction) rollBack(db);
    return fail({ place, message: error instanceof Error ? error.message : String(error) });
  }
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // SQLite rolls back by itself on a full disk and then finds no transaction.
  }
}

function applyAll(
  sql: Statements,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
  atMs: number,
): readonly number[] {
  for (const { meter, window, units } of changes) sql.add.run(meter, window.start, window.ends, units);
  const granted = takes.map((take) => {
    const { meter, window } = take;
    const spent = Number(sql.spent.get(meter, window.start)?.["spent"] ?? 0);
    const units = blockOf({ ...take, left: take.limit - spent });
    if (units > 0) sql.add.run(meter, window.start, window.ends, units);
    return units;
  });
  // A batch of refusals writes nothing, and so waits for no disk.
  if (changes.length > 0 || granted.some((units) => units > 0)) sql.setLatest.run(Math.floor(atMs));
  return granted;
}
