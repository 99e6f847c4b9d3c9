import { readBoundedText } from "../../machine/bounded-text.io.ts";
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
  const text = await readBoundedText(path, cwd, SCOPE_FILE_BYTES, "corral config print scope > scope.yaml begins one");
  const scope = loadScope(text, path, nowMs);
  if (scope.ok) return scope.value;
  throw new Complaint(scope.error, "corral config print scope shows every key; docs/scope.md explains the rules");
}
