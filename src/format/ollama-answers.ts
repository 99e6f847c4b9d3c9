import type { Failure } from "../model/failure.ts";
import type { RunningEntry } from "../model/observation.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { ModelList, OpenAiModel } from "../model/route-reading.ts";
import { countField, field, isObject, textField } from "./bounded-value.ts";
import { MAX_MODELS, nameOf, readModels, TEXT_CAPS } from "./ollama-tags.ts";

/** Characters a version string may have; the longest release so far has 11. */
export const MAX_VERSION_LENGTH = 64;

/**
 * Reads the body of `GET /api/version`.
 *
 * @returns The version as sent, possibly empty; `wrong-shape` when there is no such text.
 * @see ollama/ollama@fb307608 server/routes.go, "/api/version"
 */
export function readVersion(json: unknown): Result<string, Failure> {
  if (!isObject(json)) return fail("wrong-shape");
  const version = textField(field(json, "version"), MAX_VERSION_LENGTH);
  return typeof version === "string" ? ok(version) : fail("wrong-shape");
}

/**
 * Reads the body of `GET /api/ps`.
 *
 * @see ollama/ollama@fb307608 api/types.go ProcessResponse
 */
export function readRunning(json: unknown): Result<ModelList<RunningEntry>, Failure> {
  return readModels(json, readRunningEntry);
}

/** Reads one entry of `/api/ps`; `undefined` when it is none. */
export function readRunningEntry(value: unknown): RunningEntry | undefined {
  if (!isObject(value)) return undefined;
  const model = textField(field(value, "model"), TEXT_CAPS.name);
  const name = nameOf(textField(field(value, "name"), TEXT_CAPS.name), model);
  const digest = textField(field(value, "digest"), TEXT_CAPS.digest);
  const size = countField(field(value, "size"));
  const vram = countField(field(value, "size_vram"));
  const context = countField(field(value, "context_length"));
  const expires = textField(field(value, "expires_at"), TEXT_CAPS.time);
  if (name === undefined || digest === undefined || size === undefined) return undefined;
  if (vram === undefined || context === undefined || expires === undefined) return undefined;
  return { name, digest, size, size_vram: vram, context_length: context, expires_at: expires };
}

/**
 * Reads the body of `GET /v1/models`: `data` may be null when empty.
 *
 * @see ollama/ollama@fb307608 openai/openai.go ListCompletion
 */
export function readOpenAiModels(json: unknown): Result<readonly OpenAiModel[], Failure> {
  if (!isObject(json) || field(json, "object") !== "list") return fail("wrong-shape");
  const data = field(json, "data");
  if (data === null) return ok([]);
  if (!Array.isArray(data)) return fail("wrong-shape");
  if (data.length > MAX_MODELS) return fail("too-many");
  const models: OpenAiModel[] = [];
  for (const item of data as readonly unknown[]) {
    const model = readOpenAiModel(item);
    if (model === undefined) return fail("wrong-shape");
    models.push(model);
  }
  return ok(models);
}

function readOpenAiModel(value: unknown): OpenAiModel | undefined {
  if (!isObject(value)) return undefined;
  const id = textField(field(value, "id"), TEXT_CAPS.name);
  const created = countField(field(value, "created"));
  const owner = textField(field(value, "owned_by"), TEXT_CAPS.word);
  if (typeof id !== "string" || created === undefined || owner === undefined) return undefined;
  return { id, created, owned_by: owner };
}
