import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { RECORD_BYTES } from "../format/json-record.ts";
import { openJson } from "../machine/json-pieces.io.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import type { ImportFormat, Reading } from "./import-format.ts";
import { readRecord } from "./record-reader.ts";
import { NO_TALLY, type RejectedRecord, type Tally } from "./tally.ts";

/** Where converted lines and rejects go; `null` = nowhere, they are only counted. */
export interface ConvertTarget {
  readonly lines: string | null;
  readonly onReject: (reject: RejectedRecord) => void;
}

/** Reads a file record by record and writes what fits as Corral's own lines. Throws the source's complaint, or when stopped. */
export async function convert(
  source: ByteSource,
  format: ImportFormat,
  target: ConvertTarget,
  stopped: AbortSignal,
): Promise<Tally> {
  const out = target.lines === null ? null : openNew(target.lines);
  let tally = NO_TALLY;
  try {
    const { pieces: batches } = await openJson(source, RECORD_BYTES);
    for await (const pieces of batches) {
      stopped.throwIfAborted();
      let text = "";
      for (const piece of pieces) {
        const reading = readRecord(piece, format);
        for (const problem of reading.problems) target.onReject({ file: source.place, line: piece.line, ...problem });
        for (const record of reading.records) text += `${JSON.stringify(record)}\n`;
        tally = counted(tally, reading);
      }
      if (out !== null) await write(out, text);
    }
    if (out !== null) {
      out.end();
      await finished(out);
    }
    return tally;
  } finally {
    if (out !== null) await close(out);
  }
}

/** Writes a file's bytes, unpacked, as they are. Throws the source's complaint, or when stopped. */
export async function unpackTo(source: ByteSource, path: string, stopped: AbortSignal): Promise<void> {
  const out = openNew(path);
  try {
    for await (const chunk of source.chunks) {
      stopped.throwIfAborted();
      await write(out, chunk);
    }
    out.end();
    await finished(out);
  } finally {
    await close(out);
  }
}

/** Reads every byte and keeps none: what a tap on the source wants to see. */
export async function readThrough(source: ByteSource, stopped: AbortSignal): Promise<void> {
  for await (const chunk of source.chunks) if (chunk.length > 0) stopped.throwIfAborted();
}

function openNew(path: string): WriteStream {
  const out = createWriteStream(path, { flags: "wx", mode: 0o600 });
  // Every write and the end are told by themselves.
  out.on("error", () => undefined);
  return out;
}

/** Closes the file before its folder goes, also when it is only half written. */
async function close(out: WriteStream): Promise<void> {
  if (out.closed) return;
  await new Promise<void>((resolve) => {
    out.once("close", resolve).destroy();
  });
}

/** Resolves when the bytes are written, so that no more than one batch waits in memory. */
async function write(out: WriteStream, bytes: string | Uint8Array): Promise<void> {
  if (bytes.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    out.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function counted(tally: Tally, { records, problems, skipped }: Reading): Tally {
  const of = (kind: string): number => records.reduce((sum, record) => sum + (record.kind === kind ? 1 : 0), 0);
  return {
    values: tally.values + 1,
    observations: tally.observations + of("observation"),
    cards: tally.cards + of("card"),
    runs: tally.runs + of("run"),
    skipped: tally.skipped + skipped,
    rejected: tally.rejected + problems.length,
  };
}
