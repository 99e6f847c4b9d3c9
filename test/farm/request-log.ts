import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { READ_ONLY_ROUTES } from "../../src/knowledge/read-only-routes.ts";
import type { ReadOnlyRoute } from "../../src/knowledge/read-only-routes.ts";

/** Names the file in which every farm of a test run notes each distinct request that a survey sent it. */
export const LOG_VARIABLE = "CORRAL_FARM_LOG";

const CONTROL_PATH = /^GET \/corral-control-[0-9a-f]{16}$/u;
const seen = new Set<string>();

/** One request, with what is random replaced by its pattern: `GET /corral-control-{token}`, `POST /api/show {model,name}`. */
export function requestPattern(method: string, path: string, body: string): string {
  const line = `${method} ${path}`;
  if (CONTROL_PATH.test(line)) return "GET /corral-control-{token}";
  return body === "" ? line : `${line} {${bodyKeys(body)}}`;
}

function bodyKeys(body: string): string {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== "object" || parsed === null) return "not an object";
  const values = new Set(Object.values(parsed));
  const keys = Object.keys(parsed).join(",");
  return values.size === 1 && [...values].every((value) => typeof value === "string")
    ? keys
    : `${keys} with other values`;
}

/** Appends a pattern to the run's log, once a process; outside of a test run there is none. */
export function noteRequest(pattern: string): void {
  const file = process.env[LOG_VARIABLE];
  if (file === undefined || seen.has(pattern)) return;
  seen.add(pattern);
  appendFileSync(file, `${pattern}\n`);
}

/** Every distinct pattern of a run's log, sorted. */
export function notedRequests(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return [...new Set(readFileSync(file, "utf8").split("\n"))].filter((line) => line !== "").toSorted();
}

/** The published table in the same form, sorted. */
export function routeTablePatterns(): readonly string[] {
  const rows: readonly ReadOnlyRoute[] = Object.values(READ_ONLY_ROUTES);
  return rows
    .map(({ method, path, body }) => `${method} ${path}${body.length === 0 ? "" : ` {${body.join(",")}}`}`)
    .toSorted();
}

/** Every distinct pattern that a farm's servers received, sorted. */
export function receivedPatterns(log: readonly { readonly pattern: string }[]): readonly string[] {
  return [...new Set(log.map(({ pattern }) => pattern))].toSorted();
}
