import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemClock } from "../machine/clock.io.ts";
import type { LakePaths } from "./lake.io.ts";

/**
 * The right to an owner's leftovers, held as a lock of the kernel: an exclusive SQLite transaction on `tmp/<owner>.lock`. When the
 * process dies, however it dies, the kernel frees it. (SQLite does not keep two holders apart by process alone: a second holder in
 * the same process is refused too.)
 */
export interface Lease {
  /** 16 hex digits, never given out twice. */
  readonly owner: string;
  /** A folder of the owner's own in `tmp/`; removed with the lease. */
  readonly workspace: string;
  /** Removes the workspace and the lock, and lets go. */
  release(): Promise<void>;
}

const SUFFIX = ".lock";
/** A lock that is not held yet: nobody may take it for a dead owner's. */
const UNBORN = ".new";
const UNBORN_MOST_MS = 3_600_000;

/** Takes a new lease with an empty workspace. The lock gets its name only when it is held, so it never looks dead. */
export async function newLease(paths: LakePaths): Promise<Lease> {
  const owner = randomBytes(8).toString("hex");
  const unborn = join(paths.tmp, `${owner}${UNBORN}`);
  const lock = hold(unborn);
  if (lock === null) throw new Error(`a new owner's lock is held: ${owner}`);
  await rename(unborn, join(paths.tmp, `${owner}${SUFFIX}`));
  const lease = leaseOf(paths, owner, lock);
  await mkdir(lease.workspace, { mode: 0o700 });
  return lease;
}

/** Takes the lease of a dead owner; `null` when it is alive, or somebody else clears up after it. */
export function tryLease(paths: LakePaths, owner: string): Lease | null {
  const lock = hold(join(paths.tmp, `${owner}${SUFFIX}`));
  return lock === null ? null : leaseOf(paths, owner, lock);
}

function leaseOf(paths: LakePaths, owner: string, lock: DatabaseSync): Lease {
  const workspace = join(paths.tmp, owner);
  return {
    owner,
    workspace,
    async release() {
      await rm(workspace, { recursive: true, force: true });
      await rm(join(paths.tmp, `${owner}${SUFFIX}`), { force: true });
      lock.close();
    },
  };
}

function hold(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec("PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) return null;
    throw error;
  }
}

/** Owners that left a lock or a workspace in `tmp/`, dead or alive. Removes locks that were never held. */
export async function owners(paths: LakePaths): Promise<readonly string[]> {
  const names = await readdir(paths.tmp);
  for (const name of names.filter((one) => one.endsWith(UNBORN))) {
    const path = join(paths.tmp, name);
    const made = await stat(path).catch(() => null);
    if (made !== null && systemClock.epochMs() - made.mtimeMs > UNBORN_MOST_MS) await rm(path, { force: true });
  }
  const born = names.filter((name) => !name.endsWith(UNBORN));
  return [...new Set(born.map((name) => (name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name)))];
}

/** Tells whether SQLite gave up because another holds the lock (SQLITE_BUSY, extended codes included). */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && "errcode" in error && typeof error.errcode === "number" && (error.errcode & 255) === 5
  );
}

/** A file name that nobody else uses, for a workspace. */
export function uniqueName(extension: string): string {
  return `${randomBytes(8).toString("hex")}.${extension}`;
}
