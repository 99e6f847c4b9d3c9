import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOG_VARIABLE, notedRequests, routeTablePatterns } from "./request-log.ts";

/** What a run of Vitest tells its global set-up. */
interface TestRun {
  readonly config: { readonly testNamePattern?: RegExp | undefined };
  readonly vitest: { readonly filenamePattern?: readonly string[] | undefined };
}

/**
 * Vitest's global set-up: gives the run a log of what its tests make the survey ask of farms, and checks it at the end. Whatever was
 * asked stands in the published table and, when all tests ran, the table holds nothing else.
 *
 * @returns The check; it throws an error that names the difference, which fails the run.
 */
export function setup(run: TestRun): () => void {
  const folder = mkdtempSync(join(tmpdir(), "corral-farm-"));
  const file = join(folder, "requests.log");
  process.env[LOG_VARIABLE] = file;
  return () => {
    const received = notedRequests(file);
    rmSync(folder, { recursive: true, force: true });
    const table = routeTablePatterns();
    const strange = received.filter((line) => !table.includes(line));
    if (strange.length > 0) throw new Error(`the survey asked what is not published: ${strange.join(", ")}`);
    const isWholeRun = (run.vitest.filenamePattern ?? []).length === 0 && run.config.testNamePattern === undefined;
    const unasked = table.filter((line) => !received.includes(line));
    if (isWholeRun && unasked.length > 0) throw new Error(`published, but never asked: ${unasked.join(", ")}`);
  };
}
