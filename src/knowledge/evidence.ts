import type { ModelEntry } from "../model/observation.ts";
import type { ReadReply } from "../model/reply.ts";
import type { Evidence } from "./product.ts";
import type { GetRouteId } from "./read-only-routes.ts";

/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object that a route answered with 200; `null` when it did not. */
export function objectAt(evidence: Evidence, route: GetRouteId): JsonObject | null {
  const reply = evidence.replies[route];
  return reply?.status === 200 && isObject(reply.json) ? reply.json : null;
}

/** The JSON list that a route answered with 200; `null` when it did not. */
export function listAt(evidence: Evidence, route: GetRouteId): readonly unknown[] | null {
  const reply = evidence.replies[route];
  return reply?.status === 200 && Array.isArray(reply.json) ? (reply.json as readonly unknown[]) : null;
}

/** The beginning of the body that a route answered with this status; `""` when it did not. */
export function textAt(evidence: Evidence, route: GetRouteId, status = 200): string {
  const reply = evidence.replies[route];
  return reply?.status === status ? (reply.body ?? "") : "";
}

/** The status a route answered with; `null` when it was not asked. */
export function statusAt(evidence: Evidence, route: GetRouteId): number | null {
  return evidence.replies[route]?.status ?? null;
}

/** A header field of a route's answer; `""` when there is none. */
export function headerAt(evidence: Evidence, route: GetRouteId, name: string): string {
  const headers = evidence.replies[route]?.headers;
  return headers !== undefined && Object.hasOwn(headers, name) ? (headers[name] ?? "") : "";
}

/** Whether any answer seen bears a Server field that begins so. */
export function isServedBy(evidence: Evidence, server: string): boolean {
  return Object.values(evidence.replies).some((reply: ReadReply) => (reply.headers["server"] ?? "").startsWith(server));
}

/** The value below nested keys; `undefined` where there is none. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

/** The list below nested keys; `null` for anything else. */
export function listIn(value: unknown, ...keys: readonly string[]): readonly unknown[] | null {
  const found = valueAt(value, ...keys);
  return Array.isArray(found) ? (found as readonly unknown[]) : null;
}

const LONGEST_TEXT = 128;

/** The short text below nested keys; `null` for anything else. */
export function wordAt(value: unknown, ...keys: readonly string[]): string | null {
  const found = valueAt(value, ...keys);
  return typeof found === "string" && found !== "" && found.length <= LONGEST_TEXT ? found : null;
}

/** The title of an HTML page whose beginning is at hand; empty when there is none. */
export function titleOf(page: string | null): string {
  const opened = page?.search(/<title(?:\s[^<>]{0,100})?>/iu) ?? -1;
  if (page === null || opened < 0) return "";
  const from = page.indexOf(">", opened) + 1;
  return (page.slice(from).split("<", 1)[0] ?? "").trim();
}

const API_TITLE =
  /^\s{0,8}\{\s{0,16}"openapi":\s{0,4}"[0-9.]{1,8}",\s{0,16}"info":\s{0,4}\{\s{0,16}"title":\s{0,4}"([^"\\]{1,128})"/u;

/** The title of an API that describes itself in the OpenAPI form, from the beginning alone: the whole is often longer than what is read. */
export function apiTitle(evidence: Evidence, route: GetRouteId): string | null {
  return API_TITLE.exec(textAt(evidence, route))?.[1] ?? null;
}

const MOST_MODELS = 10_000;

/** Entries of `/v1/models`, as far as the OpenAI form tells them; `null` when the list was not seen. */
export function openAiModels(evidence: Evidence): readonly ModelEntry[] | null {
  const list = objectAt(evidence, "v1-models")?.["data"];
  if (!Array.isArray(list) || list.length > MOST_MODELS) return null;
  return (list as readonly unknown[]).flatMap((entry) => {
    const name = wordAt(entry, "id");
    if (name === null) return [];
    const context = valueAt(entry, "max_model_len");
    return [modelNamed(name, { context_length: typeof context === "number" ? context : null })];
  });
}

/** What a list other than Ollama's tells of a model. */
export interface KnownOfModel {
  readonly family?: string | null;
  readonly format?: string | null;
  readonly quantization_level?: string | null;
  readonly context_length?: number | null;
  readonly size?: number | null;
}

/** A model of which little more than the name was seen. */
export function modelNamed(name: string, known: KnownOfModel = {}): ModelEntry {
  const { family = null, format = null, quantization_level = null, context_length = null, size = null } = known;
  const hasDetails = [family, format, quantization_level, context_length].some((value) => value !== null);
  return {
    name,
    model: null,
    modified_at: null,
    size,
    digest: null,
    details: hasDetails
      ? {
          parent_model: null,
          format,
          family,
          families: null,
          parameter_size: null,
          quantization_level,
          context_length,
          embedding_length: null,
        }
      : null,
    capabilities: null,
    remote_model: null,
    remote_host: null,
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
