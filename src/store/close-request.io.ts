import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LakePaths } from "./lake.io.ts";

/** Asks a live writer to close and fold its chunk soon and to begin a new request log: it looks once per sync. */
export async function askToClose(paths: LakePaths, owner: string): Promise<void> {
  await writeFile(join(paths.tmp, owner, "close"), "").catch(() => null);
}

/** Tells, once per request, whether somebody asked this owner to close its chunk. */
export async function closeAsked(paths: LakePaths, owner: string): Promise<boolean> {
  const path = join(paths.tmp, owner, "close");
  if ((await stat(path).catch(() => null)) === null) return false;
  await rm(path, { force: true });
  return true;
}

/** Tells whether a request to this owner still waits. */
export async function isAsked(paths: LakePaths, owner: string): Promise<boolean> {
  return (await stat(join(paths.tmp, owner, "close")).catch(() => null)) !== null;
}
