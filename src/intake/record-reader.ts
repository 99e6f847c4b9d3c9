import { Buffer } from "node:buffer";
import type { JsonPiece } from "../format/json-cutter.ts";
import { parseJson } from "../format/json-guard.ts";
import type { FieldProblem } from "../format/shape.ts";
import type { Failure } from "../model/failure.ts";
import type { ImportFormat, Reading } from "./import-format.ts";

/** Longest line or value that is read, in bytes; a longer one is rejected, and costs no more memory than this. */
export const RECORD_BYTES = 16 * 1024 * 1024;
const CAPS = { maxDepth: 64, maxValues: 2_000_000 };

const REASONS: Partial<Record<Failure, string>> = {
  "bad-utf8": "is not UTF-8",
  "bad-json": "is not JSON",
  "too-deep": `is nested deeper than ${CAPS.maxDepth}`,
  "too-many": `holds more than ${CAPS.maxValues} values`,
};

/** Reads one line or value of a file. Every record comes with the problems of its neighbours in the same value. */
export function readRecord(piece: JsonPiece, format: ImportFormat): Reading {
  if (piece.bytes === null) return rejected(`is longer than ${RECORD_BYTES} bytes`);
  const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
  const parsed = parseJson(bytes, CAPS);
  return parsed.ok ? format.read(parsed.value) : rejected(REASONS[parsed.error] ?? "is not JSON");
}

function rejected(reason: string): Reading {
  const problem: FieldProblem = { field: "", reason };
  return { records: [], problems: [problem], skipped: 0 };
}
