import { Buffer } from "node:buffer";
import { JsonCutter, type JsonPiece } from "../format/json-cutter.ts";
import { jsonLayoutOf, withoutMark } from "../format/json-layout.ts";
import { isBlank } from "../format/json-record.ts";
import { linesOf } from "./lines.io.ts";
import type { ByteSource } from "./packed-bytes.io.ts";

/**
 * The JSON values of a file, unparsed, in batches: one a line, or the elements of one array, or values over many lines; told by the
 * first bytes. Blank lines are passed over. Throws the source's complaint.
 */
export async function* jsonPieces(source: ByteSource, maxBytes: number): AsyncGenerator<readonly JsonPiece[]> {
  const reading = source.chunks[Symbol.asyncIterator]();
  let head: Uint8Array = Buffer.alloc(0);
  let layout = null;
  while (layout === null) {
    const next = await reading.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    layout = head.length < 3 ? null : jsonLayoutOf(withoutMark(head));
  }
  const chunks = joined(layout === "values" ? withoutMark(head) : head, reading);
  if (layout === "values") {
    const cutter = new JsonCutter(maxBytes);
    for await (const chunk of chunks) yield cutter.cut(chunk);
    yield cutter.rest();
  } else {
    for await (const lines of linesOf({ ...source, chunks }, maxBytes)) {
      yield lines.filter(({ bytes }) => !isBlank(bytes)).map(({ number, bytes }) => ({ line: number, bytes }));
    }
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
