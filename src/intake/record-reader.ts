import type { JsonPiece } from "../format/json-cutter.ts";
import { parseRecord } from "../format/json-record.ts";
import type { ImportFormat, Reading } from "./import-format.ts";

/** Reads one line or value of a file. Every record comes with the problems of its neighbours in the same value. */
export function readRecord(piece: JsonPiece, format: ImportFormat): Reading {
  const parsed = parseRecord(piece.bytes);
  return parsed.ok ? format.read(parsed.value) : { records: [], problems: [parsed.error], skipped: 0 };
}
