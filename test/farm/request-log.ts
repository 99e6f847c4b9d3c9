import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { READ_ONLY_ROUTES } from "../../src/knowledge/read-only-routes.ts";
import type { ReadOnlyRoute } from "../../src/knowledge/read-only-routes.ts";
import type { FarmLogEntry } from "./farm-server.ts";

/** Where every farm of a test run notes each distinct request line that a survey sent it. */
export const REQUEST_LOG =
  process.env["CORRAL_FARM_LOG"] ?? join(import.meta.dirname, "../../node_modules/.cache/corral/farm-requests.log");

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

/** Appends a pattern to the run's log, once a process. */
export function noteRequest(pattern: string): void {
  if (seen.has(pattern)) return;
  seen.add(pattern);
  mkdirSync(dirname(REQUEST_LOG), { recursive: true });
  appendFileSync(REQUEST_LOG, `${pattern}\n`);
}

/** Every distinct pattern of the run so far, sorted. */
export function notedRequests(): readonly string[] {
  if (!existsSync(REQUEST_LOG)) return [];
  return [...new Set(readFileSync(REQUEST_LOG, "utf8").split("\n"))].filter((line) => line !== "").toSorted();
}

/** Forgets what earlier runs noted. */
export function clearRequestLog(): void {
  rmSync(REQUEST_LOG, { force: true });
}

/** The published table in the same form, sorted. */
export function routeTablePatterns(): readonly string[] {
  const rows: readonly ReadOnlyRoute[] = Object.values(READ_ONLY_ROUTES);
  return rows
    .map(({ method, path, body }) => `${method} ${path}${body.length === 0 ? "" : ` {${body.join(",")}}`}`)
    .toSorted();
}

/** Every distinct pattern that a farm's servers received, sorted. */
export function receivedPatterns(log: readonly FarmLogEntry[]): readonly string[] {
  return [...new Set(log.map(({ pattern }) => pattern))].toSorted();
}
