import { isUtf8 } from "node:buffer";
import { CsvError, parse } from "csv-parse/sync";
import { CsvCutter, type CsvPiece } from "../format/csv-cutter.ts";
import { withoutMark } from "../format/json-layout.ts";
import { isBlank } from "../format/json-record.ts";
import type { RecordPiece } from "../format/record-piece.ts";
import { fail, ok } from "../model/result.ts";
import type { ByteSource } from "./packed-bytes.io.ts";

/**
 * Rows of a CSV file as lists of texts, in batches; blank lines are passed over, a row of the wrong length is the reader's business.
 * Throws the source's complaint while the rows are read.
 */
export async function* csvRows(source: ByteSource, maxBytes: number): AsyncGenerator<readonly RecordPiece[]> {
  const cutter = new CsvCutter(maxBytes);
  let isFirst = true;
  for await (const chunk of source.chunks) {
    yield rowsOf(cutter.cut(isFirst ? withoutMark(chunk) : chunk), maxBytes);
    isFirst = false;
  }
  yield rowsOf(cutter.rest(), maxBytes);
}

/** Cutting is ours, so that one bad row costs itself only; csv-parse then splits whole rows, many at a time. */
function rowsOf(pieces: readonly CsvPiece[], maxBytes: number): readonly RecordPiece[] {
  const rows: (readonly [line: number, problem: string | null])[] = [];
  const sound: Uint8Array[] = [];
  for (const { line, bytes, isOpen } of pieces) {
    if (isBlank(bytes)) continue;
    const problem = problemOf(bytes, isOpen, maxBytes);
    if (problem === null && bytes !== null) sound.push(bytes);
    rows.push([line, problem]);
  }
  const fields = split(sound)[Symbol.iterator]();
  return rows.map(([line, problem]) => {
    const row: readonly string[] | null = problem === null ? (fields.next().value ?? null) : null;
    return { line, value: row === null ? fail({ field: "", reason: problem ?? "has quotes in odd places" }) : ok(row) };
  });
}

function problemOf(bytes: Uint8Array | null, isOpen: boolean, maxBytes: number): string | null {
  if (isOpen) return "has a quote that is never closed";
  if (bytes === null) return `is longer than ${maxBytes} bytes`;
  return isUtf8(bytes) ? null : "is not UTF-8";
}

const OPTIONS = { relax_quotes: true, relax_column_count: true, record_delimiter: ["\r\n", "\n"] };
const LF = Buffer.from("\n");

/** The fields of each row; `null` where they cannot be told. */
function split(rows: readonly Uint8Array[]): readonly (readonly string[] | null)[] {
  const all = parsed(Buffer.concat(rows.flatMap((row) => [row, LF])));
  // Quotes in odd places can make the parser see other rows than the cutter: then each is split by itself.
  if (all?.length === rows.length) return all;
  return rows.map((row) => {
    const one = parsed(Buffer.from(row));
    return one?.length === 1 ? (one[0] ?? null) : null;
  });
}

function parsed(bytes: Buffer): readonly string[][] | null {
  try {
    return parse(bytes, OPTIONS);
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
