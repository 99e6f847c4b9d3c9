import type { Sign } from "../model/observation.ts";
import { field, isObject } from "./bounded-value.ts";
import type { JsonObject } from "./bounded-value.ts";
import { isOddVersion } from "./ollama-answers.ts";

/** Keys of `details` that some release sends (facts/ollama-api.md 3.2). */
const DETAIL_KEYS: ReadonlySet<string> = new Set([
  "parent_model",
  "format",
  "family",
  "families",
  "parameter_size",
  "quantization_level",
  "context_length",
  "embedding_length",
]);
/** Keys that belong to other routes than the list of models. */
const STRANGE_TO_LIST = ["version", "response", "embedding", "embeddings", "message", "error", "digest"];
const STRANGE_TO_VERSION = ["models", "response", "embedding", "message", "details"];
/** Entries that are looked at: a server that makes its list up makes every entry alike. */
const LOOKED_AT = 3;
const LEAST_KEYS = 4;

/** Signs of a made-up `/api/tags` that only its raw JSON shows. */
export function listSigns(json: unknown): readonly Sign[] {
  if (!isObject(json)) return NONE;
  const models = field(json, "models");
  const entries = (Array.isArray(models) ? (models as readonly unknown[]) : []).slice(0, LOOKED_AT).filter(isObject);
  const isMixed = STRANGE_TO_LIST.some((key) => Object.hasOwn(json, key));
  const isSorted = entries.length > 0 && entries.every(hasSortedKeys);
  const isMisnamed = entries.some(hasStrangeDetails);
  if (!isMixed && !isSorted && !isMisnamed) return NONE;
  return [
    ...(isMixed ? (["mixed-body"] as const) : []),
    ...(isSorted ? (["keys-sorted"] as const) : []),
    ...(isMisnamed ? (["details-misnamed"] as const) : []),
  ];
}

/** Signs of a made-up `/api/version`. */
export function versionSigns(json: unknown): readonly Sign[] {
  if (!isObject(json)) return NONE;
  const version = field(json, "version");
  const isMixed = STRANGE_TO_VERSION.some((key) => Object.hasOwn(json, key));
  const isOdd = typeof version === "string" && isOddVersion(version);
  if (!isMixed && !isOdd) return NONE;
  return [...(isMixed ? (["mixed-body"] as const) : []), ...(isOdd ? (["version-odd"] as const) : [])];
}

const NONE: readonly Sign[] = [];

/** Ollama sends name, model, modified_at, size, digest, details: never in the order of the alphabet. */
function hasSortedKeys(entry: JsonObject): boolean {
  const keys = Object.keys(entry);
  return keys.length >= LEAST_KEYS && keys.every((key, at) => at === 0 || (keys[at - 1] ?? "") < key);
}

function hasStrangeDetails(entry: JsonObject): boolean {
  const details = field(entry, "details");
  return isObject(details) && Object.keys(details).some((key) => !DETAIL_KEYS.has(key));
}
