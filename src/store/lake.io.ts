import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Complaint } from "../model/complaint.ts";

/** The folders of a lake (docs/lake.md). */
export interface LakePaths {
  readonly root: string;
  readonly catalog: string;
  readonly segment: string;
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
    journal: join(root, "journal"),
    log: join(root, "log"),
    rejects: join(root, "rejects"),
    tmp: join(root, "tmp"),
  };
}

/** Makes the folders of a lake where they are missing. */
export async function createLake(root: string): Promise<LakePaths> {
  const paths = lakePaths(root);
  const folders = [paths.segment, paths.journal, paths.log, paths.rejects, paths.tmp];
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
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
