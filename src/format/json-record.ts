import { Buffer } from "node:buffer";
import type { Failure } from "../model/failure.ts";
import { fail, type Result } from "../model/result.ts";
import { parseJson } from "./json-guard.ts";
import type { FieldProblem } from "./shape.ts";

/** Longest line or value of a file that is read, in bytes; a longer one is rejected, and costs no more memory than this. */
export const RECORD_BYTES = 16 * 1024 * 1024;
const CAPS = { maxDepth: 64, maxValues: 2_000_000 };
const BLANK = /^[ \t\r]*$/u;
const BLANK_CHARS = 64;

const REASONS: Partial<Record<Failure, string>> = {
  "bad-utf8": "is not UTF-8",
  "too-deep": `is nested deeper than ${CAPS.maxDepth}`,
  "too-many": `holds more than ${CAPS.maxValues} values`,
};

/** Parses one line or value of a file; `null` stands for one that was longer than {@link RECORD_BYTES}. */
export function parseRecord(bytes: Uint8Array | null): Result<unknown, FieldProblem> {
  if (bytes === null) return fail({ field: "", reason: `is longer than ${RECORD_BYTES} bytes` });
  const parsed = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), CAPS);
  return parsed.ok ? parsed : fail({ field: "", reason: REASONS[parsed.error] ?? "is not JSON" });
}

/** Whether a line holds nothing but spaces. */
export function isBlank(bytes: Uint8Array | null): boolean {
  if (bytes === null || bytes.length > BLANK_CHARS) return false;
  return BLANK.test(Buffer.from(bytes).toString("latin1"));
}
