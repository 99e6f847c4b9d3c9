import { Buffer } from "node:buffer";
import { JsonCutter, type JsonPiece } from "../format/json-cutter.ts";
import { type JsonLayout, jsonLayoutOf, withoutMark } from "../format/json-layout.ts";
import { isBlank } from "../format/json-record.ts";
import { linesOf } from "./lines.io.ts";
import type { ByteSource } from "./packed-bytes.io.ts";

/** A file of JSON: how it lies there, and its values, unparsed, in batches. */
export interface JsonReading {
  readonly layout: JsonLayout;
  readonly pieces: AsyncIterable<readonly JsonPiece[]>;
}

/**
 * Opens a file as JSON values: one a line, or the elements of one array, or values over many lines; told by the first bytes, or `forced`.
 * Blank lines are passed over. Throws the source's complaint, here or while the values are read.
 */
export async function openJson(
  source: ByteSource,
  maxBytes: number,
  forced: JsonLayout | null = null,
): Promise<JsonReading> {
  const reading = source.chunks[Symbol.asyncIterator]();
  let head: Uint8Array = Buffer.alloc(0);
  let layout = forced;
  while (layout === null) {
    const next = await reading.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    layout = head.length < 3 ? null : jsonLayoutOf(withoutMark(head));
  }
  return layout === "values"
    ? { layout, pieces: cutValues(joined(withoutMark(head), reading), maxBytes) }
    : { layout: "lines", pieces: cutLines({ ...source, chunks: joined(head, reading) }, maxBytes) };
}

async function* cutValues(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<readonly JsonPiece[]> {
  const cutter = new JsonCutter(maxBytes);
  for await (const chunk of chunks) yield cutter.cut(chunk);
  yield cutter.rest();
}

async function* cutLines(source: ByteSource, maxBytes: number): AsyncGenerator<readonly JsonPiece[]> {
  for await (const lines of linesOf(source, maxBytes)) {
    yield lines.filter(({ bytes }) => !isBlank(bytes)).map(({ number, bytes }) => ({ line: number, bytes }));
  }
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
