import type { Failure } from "../model/failure.ts";
import type { RunningEntry } from "../model/observation.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import type { ModelList, OpenAiModel } from "../model/route-reading.ts";
import { CONTROL, countField, field, isObject, textField } from "./bounded-value.ts";
import { MAX_MODELS, nameOf, readModels, TEXT_CAPS } from "./ollama-tags.ts";

/** Characters a version string may have; the longest release so far has 11. */
const MAX_VERSION_LENGTH = 64;
/** Stands for what cannot be shown, and for what was cut off: neither is part of any version, so none is read from the text. */
const UNSHOWN = "\ufffd";
const CUT = "…";
const CONTROLS = new RegExp(CONTROL, "gu");

/**
 * Reads the body of `GET /api/version`.
 *
 * @returns The version as sent, possibly empty, or what can be shown of it: an owner who wants to hide must not need more than
 *   one strange character. `wrong-shape` when there is no text.
 * @see ollama/ollama@fb307608 server/routes.go, "/api/version"
 */
export function readVersion(json: unknown): Result<string, Failure> {
  const version = isObject(json) ? field(json, "version") : undefined;
  if (typeof version !== "string") return fail("wrong-shape");
  return ok(isOddVersion(version) ? shownVersion(version) : version);
}

/** Whether no server sends such a version: control characters, half a surrogate pair, or longer than any. */
export function isOddVersion(version: string): boolean {
  return textField(version, MAX_VERSION_LENGTH) === undefined;
}

function shownVersion(version: string): string {
  const isLong = version.length > MAX_VERSION_LENGTH;
  const kept = isLong ? version.slice(0, MAX_VERSION_LENGTH - CUT.length) : version;
  return kept.toWellFormed().replaceAll(CONTROLS, UNSHOWN) + (isLong ? CUT : "");
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
