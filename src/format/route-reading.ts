import type { Buffer } from "node:buffer";
import type { Failure } from "../model/failure.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { RouteReading, TagsReading, VersionReading } from "../model/route-reading.ts";
import { field, isObject } from "./bounded-value.ts";
import { parseJson } from "./json-guard.ts";
import { readOpenAiModels, readRunning, readVersion } from "./ollama-answers.ts";
import { readTags } from "./ollama-tags.ts";
import { listSigns, versionSigns } from "./raw-signs.ts";
import { createRecentReader } from "./recent-values.ts";

const READ_VERSION = createRecentReader((json): Result<VersionReading, Failure> => {
  const read = readVersion(json);
  return read.ok ? ok({ version: read.value, signs: versionSigns(json) }) : read;
});
const READ_RUNNING = createRecentReader(readRunning);
const READ_OPENAI_MODELS = createRecentReader(readOpenAiModels);

const READ: ReadonlySet<string> = new Set(["version", "tags", "ps", "v1-models"]);

/** Whether a route's body is read as one of Ollama's own. */
export function isReadRoute(route: string): route is RouteReading["route"] {
  return READ.has(route);
}

/** Reads the body of a 200 of one of the four routes; a body of the same bytes may give the same value, which must not be changed. */
export function readRoute(route: RouteReading["route"], body: Buffer): RouteReading {
  switch (route) {
    case "version":
      return { route, read: READ_VERSION(body) };
    case "ps":
      return { route, read: READ_RUNNING(body) };
    case "v1-models":
      return { route, read: READ_OPENAI_MODELS(body) };
    case "tags":
      return { route, read: readTagsBody(body) };
  }
}

function readTagsBody(body: Buffer): Result<TagsReading, Failure> {
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed;
  if (isRunningList(parsed.value)) return fail("wrong-shape");
  const read = readTags(parsed.value);
  return read.ok ? ok({ ...read.value, signs: listSigns(parsed.value) }) : read;
}

/** Whether this is the answer to `/api/ps`: a proxy that mixes up pipelined answers gives it for the list. */
function isRunningList(json: unknown): boolean {
  const models = isObject(json) ? field(json, "models") : null;
  const first: unknown = Array.isArray(models) ? models[0] : null;
  return isObject(first) && typeof first["expires_at"] === "string" && first["modified_at"] === undefined;
}
