import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { unreadableFile } from "../../machine/unreadable-file.ts";
import { Complaint } from "../../model/complaint.ts";
import type { Scope } from "../../model/scope.ts";
import { loadScope, SCOPE_FILE_BYTES } from "./parse-scope.ts";

/**
 * Reads the scope that a run is about to obey.
 *
 * @param path - As the user typed it, relative to `cwd`; it names the file in every problem.
 * @throws a `Complaint` with every problem when the file cannot be read, breaks a rule, or its authority does not cover now.
 */
export async function loadScopeFile(path: string, cwd: string, nowMs: number): Promise<Scope> {
  const scope = loadScope(await readText(path, cwd), path, nowMs);
  if (scope.ok) return scope.value;
  throw new Complaint(scope.error, "corral config print scope shows every key; docs/scope.md explains the rules");
}

/** At most one byte more than the parser takes, so that the parser can say that it is too many. */
async function readText(path: string, cwd: string): Promise<string> {
  const limit = SCOPE_FILE_BYTES + 1;
  const buffer = Buffer.alloc(limit);
  let filled = 0;
  try {
    await using file = await open(resolve(cwd, path));
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, limit - filled, null);
      filled += bytesRead;
      if (bytesRead === 0 || filled === limit) break;
    }
  } catch (error) {
    throw unreadableFile(path, error, "corral config print scope > scope.yaml begins one");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, filled));
  } catch {
    throw new Complaint([{ place: path, message: filled === limit ? "is larger than 1 MiB" : "is not UTF-8 text" }]);
  }
}
