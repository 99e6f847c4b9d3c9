import { clearRequestLog, notedRequests, routeTablePatterns } from "./request-log.ts";

/** Vitest's global set-up: begins an empty log of what the survey asks during the whole test run. */
export function setup(): void {
  clearRequestLog();
}

/**
 * After the run: whatever any test made the survey ask of a farm stands in the published table, and, when all tests ran, the table
 * holds nothing else.
 *
 * @throws Error that names the difference, which fails the run.
 */
export function teardown(): void {
  const received = notedRequests();
  const table = routeTablePatterns();
  const strange = received.filter((line) => !table.includes(line));
  if (strange.length > 0) throw new Error(`the survey asked what is not published: ${strange.join(", ")}`);
  const isWholeRun = process.argv.slice(2).every((word) => word.startsWith("-") || word === "run");
  const unasked = table.filter((line) => !received.includes(line));
  if (isWholeRun && unasked.length > 0) throw new Error(`published, but never asked: ${unasked.join(", ")}`);
}
