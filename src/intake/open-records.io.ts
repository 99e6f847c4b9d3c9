import { parseRecord, RECORD_BYTES } from "../format/json-record.ts";
import type { JsonPiece } from "../format/json-cutter.ts";
import { isMasscanFrame } from "../format/masscan.ts";
import type { RecordPiece } from "../format/record-piece.ts";
import { csvRows } from "../machine/csv-rows.io.ts";
import { openJson } from "../machine/json-pieces.io.ts";
import { linesOf } from "../machine/lines.io.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import { xmlElements } from "../machine/xml-elements.io.ts";
import { fail, ok } from "../model/result.ts";
import type { Framing, ImportFormat } from "./import-format.ts";

type Batches = AsyncIterable<readonly RecordPiece[]>;

/** The records of a file in batches, by the framing its first character tells among those the format knows. Throws the source's complaint. */
export function openRecords(source: ByteSource, head: string, format: ImportFormat): Batches {
  const framing = framingOf(head, format.framings);
  switch (framing) {
    case "json":
      return jsonValues(source);
    case "json-frames":
      return framedValues(source);
    case "csv":
      return csvRows(source, RECORD_BYTES);
    case "xml":
      return xmlElements(source, { root: "nmaprun", child: "host" }, RECORD_BYTES);
    case "lines":
      return textLines(source);
  }
}

const FIRST_CHARACTERS: Readonly<Record<string, readonly Framing[]>> = {
  "<": ["xml"],
  "{": ["json", "json-frames"],
  "[": ["json", "json-frames"],
};

function framingOf(head: string, framings: ImportFormat["framings"]): Framing {
  const first = (head.startsWith("\u{feff}") ? head.slice(1) : head).trimStart().charAt(0);
  const fitting = Object.hasOwn(FIRST_CHARACTERS, first) ? (FIRST_CHARACTERS[first] ?? []) : [];
  return framings.find((one) => fitting.includes(one)) ?? framings[0];
}

async function* jsonValues(source: ByteSource): AsyncGenerator<readonly RecordPiece[]> {
  const { pieces } = await openJson(source, RECORD_BYTES);
  for await (const batch of pieces) yield batch.map(parsed);
}

/** masscan frames its records carelessly: what is only frame is no record, and an array may end anywhere between two. */
async function* framedValues(source: ByteSource): AsyncGenerator<readonly RecordPiece[]> {
  const { pieces } = await openJson(source, RECORD_BYTES, "values");
  for await (const batch of pieces) yield batch.filter(({ bytes }) => !isFrame(bytes)).map(parsed);
}

const LONGEST_FRAME = 64;

function isFrame(bytes: Uint8Array | null): boolean {
  return bytes !== null && bytes.length <= LONGEST_FRAME && isMasscanFrame(textOf(bytes));
}

async function* textLines(source: ByteSource): AsyncGenerator<readonly RecordPiece[]> {
  for await (const lines of linesOf(source, RECORD_BYTES)) {
    const full = lines.filter(({ bytes }) => bytes === null || bytes.length > 0);
    yield full.map(({ number, bytes }) => ({
      line: number,
      value: bytes === null ? fail({ field: "", reason: `is longer than ${RECORD_BYTES} bytes` }) : ok(textOf(bytes)),
    }));
  }
}

function parsed({ line, bytes }: JsonPiece): RecordPiece {
  return { line, value: parseRecord(bytes) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
