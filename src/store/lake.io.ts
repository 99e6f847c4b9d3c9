import { rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../machine/make-folder.io.ts";
import { Complaint } from "../model/complaint.ts";

/** The folders of a lake (docs/lake.md). */
export interface LakePaths {
  readonly root: string;
  readonly catalog: string;
  readonly segment: string;
  /** Files derived from segments: made anew where they are missing. */
  readonly rollup: string;
  readonly journal: string;
  readonly log: string;
  readonly rejects: string;
  readonly tmp: string;
}

/** Names the folders of the lake at `root`. */
export function lakePaths(root: string): LakePaths {
  return {
    root,
    catalog: join(root, "catalog.db"),
    segment: join(root, "segment"),
    rollup: join(root, "rollup"),
    journal: join(root, "journal"),
    log: join(root, "log"),
    rejects: join(root, "rejects"),
    tmp: join(root, "tmp"),
  };
}

/** Makes the folders of a lake where they are missing. */
export async function createLake(root: string): Promise<LakePaths> {
  const paths = lakePaths(root);
  const folders = [paths.segment, paths.rollup, paths.journal, paths.log, paths.rejects, paths.tmp];
  await Promise.all(folders.map((folder) => makeFolder(folder, 0o700)));
  return paths;
}

/** Names the folders of a lake that must exist; a {@link Complaint} when there is none. */
export async function existingLake(root: string): Promise<LakePaths> {
  const paths = lakePaths(root);
  const found = await stat(paths.segment).catch(() => null);
  if (found?.isDirectory() !== true) {
    throw new Complaint([{ place: "--lake", message: `no lake at ${root}` }], "a survey or an import makes one");
  }
  return paths;
}

/**
 * Removes a lake that holds nothing: made by a command that then kept nothing. Anything in it, the lock of a running command included,
 * makes it stay; folders go only when they are empty, so nothing of another command can go with them.
 */
export async function removeEmptyLake(root: string): Promise<void> {
  const { tmp, journal, segment, rollup, log, rejects } = lakePaths(root);
  if ((await stat(tmp).catch(() => null)) === null) return;
  try {
    for (const folder of [tmp, journal, segment, rollup, log, rejects]) await rmdir(folder);
    for (const name of ["catalog.db", "catalog.db-wal", "catalog.db-shm"]) await rm(join(root, name), { force: true });
    await rmdir(root);
  } catch {
    // Something is in it, or somebody else is about to use it: what was taken away so far comes back.
    await createLake(root);
  }
}
