import type { Failure } from "../model/failure.ts";
import type { ModelDetails, ModelEntry } from "../model/observation.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { ModelList } from "../model/route-reading.ts";
import { countField, field, isObject, textField, textListField } from "./bounded-value.ts";

/** Ceilings of one model entry; also those of `/api/ps` and `/api/show`. */
export const TEXT_CAPS = {
  name: 512,
  time: 64,
  digest: 128,
  word: 128,
  host: 512,
  words: 64,
} as const;
/** Models one list may hold. */
export const MAX_MODELS = 10_000;

/**
 * Reads the body of `GET /api/tags`. Unknown keys are ignored, as Ollama's own client does.
 *
 * @param json - Parsed by `parseJson`.
 * @returns The entries that fit, none for `[]` and for null (what an empty Ollama says before v0.1.38); `wrong-shape` when the key is
 *   missing or the list holds no object at all; `too-many`.
 * @see ollama/ollama@fb307608 api/types.go ListResponse
 */
export function readTags(json: unknown): Result<ModelList<ModelEntry>, Failure> {
  return readModels(json, readModelEntry);
}

/** Reads `{"models": […]|null}` with one reader for every entry. */
export function readModels<T>(
  json: unknown,
  readEntry: (value: unknown) => T | undefined,
): Result<ModelList<T>, Failure> {
  if (!isObject(json)) return fail("wrong-shape");
  const models = field(json, "models");
  if (models === null) return ok({ entries: [], odd: 0 });
  if (!Array.isArray(models)) return fail("wrong-shape");
  if (models.length > MAX_MODELS) return fail("too-many");
  if (models.length > 0 && !models.some(isObject)) return fail("wrong-shape");
  const entries: T[] = [];
  for (const item of models as readonly unknown[]) {
    const entry = readEntry(item);
    if (entry !== undefined) entries.push(entry);
  }
  return ok({ entries, odd: models.length - entries.length });
}

/** Reads one entry of `/api/tags`; `undefined` when it is none. A missing `name` is taken from `model`. */
export function readModelEntry(value: unknown): ModelEntry | undefined {
  if (!isObject(value)) return undefined;
  const model = textField(field(value, "model"), TEXT_CAPS.name);
  const name = textField(field(value, "name"), TEXT_CAPS.name);
  const modified = textField(field(value, "modified_at"), TEXT_CAPS.time);
  const size = countField(field(value, "size"));
  const digest = textField(field(value, "digest"), TEXT_CAPS.digest);
  const details = readDetails(field(value, "details"));
  const capabilities = textListField(field(value, "capabilities"), TEXT_CAPS.words, TEXT_CAPS.word);
  const remoteModel = textField(field(value, "remote_model"), TEXT_CAPS.name);
  const remoteHost = textField(field(value, "remote_host"), TEXT_CAPS.host);
  const either = nameOf(name, model);
  if (either === undefined || model === undefined || modified === undefined || size === undefined) return undefined;
  if (digest === undefined || details === undefined || capabilities === undefined) return undefined;
  if (remoteModel === undefined || remoteHost === undefined) return undefined;
  return {
    name: either,
    model,
    modified_at: modified,
    size,
    digest,
    details,
    capabilities,
    remote_model: remoteModel,
    remote_host: remoteHost,
  };
}

/** `name`, or `model` when no name was sent; `undefined` when either is something else or both are missing. */
export function nameOf(name: string | null | undefined, model: string | null | undefined): string | undefined {
  if (name === undefined || model === undefined) return undefined;
  return name ?? model ?? undefined;
}

/** Reads `details`; null when absent, `undefined` when it is something else. */
export function readDetails(value: unknown): ModelDetails | null | undefined {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) return undefined;
  const parent = textField(field(value, "parent_model"), TEXT_CAPS.name);
  const format = textField(field(value, "format"), TEXT_CAPS.word);
  const family = textField(field(value, "family"), TEXT_CAPS.word);
  const families = textListField(field(value, "families"), TEXT_CAPS.words, TEXT_CAPS.word);
  const parameterSize = textField(field(value, "parameter_size"), TEXT_CAPS.word);
  const quantization = textField(field(value, "quantization_level"), TEXT_CAPS.word);
  const context = countField(field(value, "context_length"));
  const embedding = countField(field(value, "embedding_length"));
  if (parent === undefined || format === undefined || family === undefined || families === undefined) return undefined;
  if (parameterSize === undefined || quantization === undefined) return undefined;
  if (context === undefined || embedding === undefined) return undefined;
  return {
    parent_model: parent,
    format,
    family,
    families,
    parameter_size: parameterSize,
    quantization_level: quantization,
    context_length: context,
    embedding_length: embedding,
  };
}
