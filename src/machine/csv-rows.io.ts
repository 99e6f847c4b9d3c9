import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";
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
  return rows.map(([line, problem]) => ({
    line,
    value: problem === null ? ok(fields.next().value) : fail({ field: "", reason: problem }),
  }));
}

function problemOf(bytes: Uint8Array | null, isOpen: boolean, maxBytes: number): string | null {
  if (isOpen) return "has a quote that is never closed";
  if (bytes === null) return `is longer than ${maxBytes} bytes`;
  return isUtf8(bytes) ? null : "is not UTF-8";
}

const OPTIONS = { relax_quotes: true, relax_column_count: true, record_delimiter: ["\r\n", "\n"] };
const LF = Buffer.from("\n");

function split(rows: readonly Uint8Array[]): readonly (readonly string[])[] {
  const all: readonly string[][] = parse(Buffer.concat(rows.flatMap((row) => [row, LF])), OPTIONS);
  // Quotes in odd places can make the parser see other rows than the cutter: then each is split by itself.
  return all.length === rows.length ? all : rows.map((row) => parse(Buffer.from(row), OPTIONS)[0] ?? []);
}
