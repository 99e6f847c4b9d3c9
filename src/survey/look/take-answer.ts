import type { Buffer } from "node:buffer";
import type { HttpAnswer } from "../../format/http-answer.ts";
import { parseJson } from "../../format/json-guard.ts";
import { isObject } from "../../format/bounded-value.ts";
import { readOpenAiModels, readRunning, readVersion } from "../../format/ollama-answers.ts";
import { createRecentReader } from "../../format/recent-values.ts";
import { readTags } from "../../format/ollama-tags.ts";
import type { ModelList } from "../../format/ollama-tags.ts";
import { READ_ONLY_ROUTES } from "../../knowledge/read-only-routes.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { Result } from "../../model/result.ts";
import type { Notes } from "./look-notes.ts";

/** Routes that make the service what it is; the others only add to what is known of it. */
const CORE: ReadonlySet<GetRouteId> = new Set(["version", "tags", "ps"]);
/** A server that says so wants to be left alone for now (rule R15). */
const BACK_OFF: ReadonlySet<number> = new Set([429, 503]);

/**
 * Notes one answer.
 *
 * @param inBatch - It was pipelined: an answer of the wrong shape may belong to another request, so the route is asked again alone.
 * @returns What was wrong with it, for the request log; `null` when it fits or is an honest refusal.
 */
export function takeAnswer(notes: Notes, route: GetRouteId, answer: HttpAnswer, inBatch: boolean): Failure | null {
  notes.settled.add(route);
  const { status } = answer.head;
  if (status === 401 || status === 403 || status === 407) return takeDenial(notes, status);
  if (route !== "control") notes.status = decides(notes, route) ? status : notes.status;
  if (BACK_OFF.has(status)) notes.stop = "enough";
  if (status >= 300 && status < 400) return takeRedirect(notes, route);
  if (status < 200 || status > 299) return null;
  const failure = takeBody(notes, route, answer);
  if (failure === null || !CORE.has(route)) return failure;
  if (inBatch) {
    notes.settled.delete(route);
    notes.pipelining = "disliked";
  } else {
    notes.failure ??= failure;
  }
  return failure;
}

/**
 * Notes that a route got no answer, or a broken one, and will not be asked again.
 */
export function takeFailure(notes: Notes, route: GetRouteId, failure: Failure): void {
  notes.settled.add(route);
  if (CORE.has(route) || notes.models === null) notes.failure ??= failure;
}

/** The status of the last route asked decides, until a list was read. */
function decides(notes: Notes, route: GetRouteId): boolean {
  return notes.models === null && (CORE.has(route) || notes.version === null);
}

/** What was learned before stands: a list that was read without a login stays open. */
function takeDenial(notes: Notes, status: number): null {
  const isOpen = notes.models !== null;
  notes.stop = isOpen ? "enough" : status === 401 ? "login" : "denied";
  if (!isOpen) notes.status = status;
  return null;
}

function takeRedirect(notes: Notes, route: GetRouteId): Failure {
  if (CORE.has(route)) {
    notes.failure ??= "redirect";
    if (notes.models === null) notes.stop = "enough";
  }
  return "redirect";
}

function takeBody(notes: Notes, route: GetRouteId, answer: HttpAnswer): Failure | null {
  switch (route) {
    case "root":
      notes.root = answer.body.toString("latin1");
      return answer.truncated ? "body-too-large" : null;
    case "control":
      notes.control = answer.body.toString("latin1");
      return answer.truncated ? "body-too-large" : null;
    case "version":
    case "tags":
    case "ps":
    case "v1-models":
    case "koboldcpp-version":
    case "localai-well-known":
    case "open-webui-config":
      return takeJson(notes, route, answer.body);
  }
}

type JsonRoute = Exclude<GetRouteId, "root" | "control">;

const READ_VERSION = createRecentReader(readVersion);
const READ_RUNNING = createRecentReader(readRunning);
const READ_OPENAI_MODELS = createRecentReader(readOpenAiModels);

function takeJson(notes: Notes, route: JsonRoute, body: Buffer): Failure | null {
  if (CORE.has(route)) notes.beginnings.push(body.toString("latin1", 0, READ_ONLY_ROUTES.control.maxBodyBytes));
  switch (route) {
    case "version":
      return keep(READ_VERSION(body), (version) => (notes.version = version));
    case "ps":
      return keep(READ_RUNNING(body), ({ entries, odd }) => {
        notes.running = entries;
        notes.hasOddEntries ||= odd > 0;
      });
    case "v1-models":
      return keep(READ_OPENAI_MODELS(body), (models) => (notes.openAi = models));
    case "tags":
    case "koboldcpp-version":
    case "localai-well-known":
    case "open-webui-config":
      return takeValue(notes, route, parseJson(body));
  }
}

function takeValue(
  notes: Notes,
  route: Exclude<JsonRoute, "version" | "ps" | "v1-models">,
  parsed: Result<unknown, Failure>,
): Failure | null {
  if (!parsed.ok) return parsed.error;
  if (route === "tags") return takeList(notes, parsed.value);
  if (!isObject(parsed.value)) return "wrong-shape";
  notes.own = { route, body: parsed.value };
  return null;
}

function takeList(notes: Notes, json: unknown): Failure | null {
  notes.tagsMisshapen = true;
  if (isRunningList(json)) return "wrong-shape";
  const read = readTags(json);
  if (read.ok && isForeign(notes, read.value)) return "wrong-shape";
  return keep(read, ({ entries, odd }) => {
    notes.tagsMisshapen = false;
    notes.models = entries;
    notes.hasOddEntries ||= odd > 0;
    notes.status = 200;
  });
}

/** Whether a list without one fitting entry comes from a service that named no version either: it is not empty but another product's. */
function isForeign(notes: Notes, { entries, odd }: ModelList<unknown>): boolean {
  return notes.version === null && entries.length === 0 && odd > 0;
}

/** Whether this is the answer to `/api/ps`: a proxy that mixes up pipelined answers gives it for the list. */
function isRunningList(json: unknown): boolean {
  const models = isObject(json) ? json["models"] : null;
  const first: unknown = Array.isArray(models) ? models[0] : null;
  return isObject(first) && typeof first["expires_at"] === "string" && first["modified_at"] === undefined;
}

function keep<T>(read: Result<T, Failure>, note: (value: T) => void): Failure | null {
  if (!read.ok) return read.error;
  note(read.value);
  return null;
}
