import type { Buffer } from "node:buffer";
import type { Failure } from "../model/failure.ts";
import { fail } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { parseJson } from "./json-guard.ts";

/** Longer bodies are rarely the same twice, and would make the memory large: at most 1 MiB of texts and what they mean. */
const MAX_BODY_BYTES = 1_024;
const MAX_KEPT = 512;

/**
 * Makes a reader of one route's JSON bodies that remembers what the last short ones meant: thousands of servers say the same
 * version, the same empty list, the same models, and a body of the same bytes has the same value. The values are shared, so they
 * must not be changed.
 *
 * @param read - Judges the parsed body.
 */
export function createRecentReader<T>(
  read: (json: unknown) => Result<T, Failure>,
): (body: Buffer) => Result<T, Failure> {
  const kept = new Map<string, Result<T, Failure>>();
  const readAnew = (body: Buffer): Result<T, Failure> => {
    const parsed = parseJson(body);
    return parsed.ok ? read(parsed.value) : fail(parsed.error);
  };
  return (body) => {
    if (body.length > MAX_BODY_BYTES) return readAnew(body);
    const bytes = body.toString("latin1");
    const known = kept.get(bytes);
    if (known !== undefined) return known;
    if (kept.size >= MAX_KEPT) kept.clear();
    const fresh = readAnew(body);
    kept.set(bytes, fresh);
    return fresh;
  };
}
