import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SQLOutputValue } from "node:sqlite";
import { makeFolder } from "../../machine/make-folder.io.ts";
import { Complaint } from "../../model/complaint.ts";
import { KEY_BYTES, keyHash, keyText } from "./key-row.ts";
import type { KeyRow } from "./key-row.ts";

/** Name of the file in the state folder. */
const FILE = "gateway-keys.db";
const ID_BYTES = 4;
/** How long a command waits while another one writes. */
const BUSY_MS = 5000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS gateway_key (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL, role TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER, addresses TEXT, rotated_to TEXT
) STRICT`;

/** What a new key is to be. */
export interface NewKey {
  readonly name: string;
  readonly owner: string;
  readonly role: string;
  readonly expiresAt: number | null;
  readonly addresses: readonly string[] | null;
}

/** A key just made: the only time that its text exists here. */
export interface MadeKey {
  readonly row: KeyRow;
  readonly secret: string;
}

/** The keys of a state folder on the disk: hashes, never keys. */
export interface KeyStore extends Disposable {
  rows(): KeyRow[];
  /** Changes whenever another connection has changed the file; a few microseconds. */
  version(): number;
  add(key: NewKey, nowMs: number): MadeKey;
  /** Marks a key revoked; false when there is no such key. A key revoked before keeps its first time. */
  revoke(id: string, nowMs: number): boolean;
  /** Makes a key with the same rights; the old one works until `untilMs`, or its own end if that is sooner. `null` when there is no such key in use. */
  rotate(id: string, untilMs: number, nowMs: number): MadeKey | null;
}

/**
 * Opens the keys of a state folder, making folder and file (for the owner alone) where they are missing.
 *
 * @param busyMs - How long a call may hold everything up while another process writes.
 * @throws a `Complaint` when the file cannot be opened or is no such database.
 */
export async function openKeyStore(state: string, busyMs = BUSY_MS): Promise<KeyStore> {
  await makeFolder(state, 0o700);
  const path = join(state, FILE);
  try {
    // SQLite would make it readable by everybody; for the hashes of random keys that is no disaster, and still nobody's business.
    closeSync(openSync(path, "a", 0o600));
    const database = new DatabaseSync(path, { timeout: busyMs });
    database.exec(SCHEMA);
    return storeOf(database);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Complaint(
      [{ place: path, message: `keys cannot be read: ${reason}` }],
      "see that the state folder is yours",
    );
  }
}

/**
 * Opens the keys of a state folder that holds some already, and makes nothing.
 *
 * @throws a `Complaint` when there are none, or they cannot be read.
 */
export function openKnownKeys(state: string): Promise<KeyStore> {
  if (existsSync(join(state, FILE))) return openKeyStore(state);
  throw new Complaint(
    [{ place: state, message: existsSync(state) ? "holds no keys" : "no such folder" }],
    "corral gateway key add makes the first key; --state and --config tell where the gateway keeps its own",
  );
}

function storeOf(database: DatabaseSync): KeyStore {
  const all = database.prepare("SELECT * FROM gateway_key ORDER BY created_at, rowid");
  const one = database.prepare("SELECT * FROM gateway_key WHERE id = ?");
  const version = database.prepare("PRAGMA data_version");
  const insert = database.prepare(
    "INSERT INTO gateway_key (id, name, owner, role, hash, created_at, expires_at, addresses) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const revoke = database.prepare("UPDATE gateway_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?");
  const replace = database.prepare(
    "UPDATE gateway_key SET rotated_to = ?, expires_at = min(coalesce(expires_at, ?), ?) WHERE id = ?",
  );
  const add = (key: NewKey, nowMs: number): MadeKey => {
    const secret = keyText(randomBytes(KEY_BYTES));
    const id = randomBytes(ID_BYTES).toString("hex");
    const row: KeyRow = { ...key, id, hash: keyHash(secret), createdAt: nowMs, revokedAt: null, rotatedTo: null };
    const addresses = key.addresses === null ? null : JSON.stringify(key.addresses);
    insert.run(id, key.name, key.owner, key.role, row.hash, nowMs, key.expiresAt, addresses);
    return { row, secret };
  };
  return {
    rows: () => all.all().map(rowOf),
    version: () => Number(version.get()?.["data_version"] ?? 0),
    add,
    revoke: (id, nowMs) => revoke.run(nowMs, id).changes === 1,
    rotate: (id, untilMs, nowMs) =>
      within(database, () => {
        const found = one.get(id);
        const old = found === undefined ? null : rowOf(found);
        if (old === null || old.revokedAt !== null || (old.expiresAt ?? Infinity) <= nowMs) return null;
        const made = add(old, nowMs);
        replace.run(made.row.id, untilMs, untilMs, id);
        return made;
      }),
    [Symbol.dispose]: () => database.close(),
  };
}

function within<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const made = work();
    database.exec("COMMIT");
    return made;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

type SqlRow = Readonly<Record<string, SQLOutputValue>>;

function rowOf(row: SqlRow): KeyRow {
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    owner: String(row["owner"]),
    role: String(row["role"]),
    hash: String(row["hash"]),
    createdAt: Number(row["created_at"]),
    expiresAt: numberOrNull(row["expires_at"]),
    revokedAt: numberOrNull(row["revoked_at"]),
    addresses: addressesOf(row["addresses"]),
    rotatedTo: typeof row["rotated_to"] === "string" ? row["rotated_to"] : null,
  };
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** A list that cannot be read allows no address rather than all. */
function addressesOf(value: SQLOutputValue | undefined): readonly string[] | null {
  if (typeof value !== "string") return null;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
