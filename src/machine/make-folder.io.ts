import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Complaint } from "../model/complaint.ts";

/**
 * Makes a folder and those above it where they are missing. A folder that takes nothing, as /proc, is a {@link Complaint}: Node's own
 * recursive `mkdir` never ends there.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  if (await isMade(path, mode)) return;
  const parent = dirname(path);
  if (parent === path) throw takesNothing(path);
  // Somebody may have made the parent just now: what is missing then is only this folder.
  if (!(await isFolder(parent))) await makeFolder(parent, mode);
  if (!(await isMade(path, mode))) throw takesNothing(path);
}

/** What was to be made, when the system says ENOENT of its own name although its folder is there; every other error as it is. */
export function unmade(path: string, out: string, error: unknown): unknown {
  return codeOf(error) === "ENOENT" && error instanceof Error && "path" in error && error.path === path
    ? takesNothing(out)
    : error;
}

function takesNothing(path: string): Complaint {
  return new Complaint(
    [{ place: path, message: "cannot be made: its folder takes no files" }],
    "choose a folder that you may write to",
  );
}

/** Whether it is there now; `false` when something above it is missing. */
async function isMade(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    if (codeOf(error) === "EEXIST" && (await isFolder(path))) return true;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
