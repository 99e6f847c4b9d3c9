import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { LineRecord } from "../format/observation-line.ts";
import type { FieldProblem } from "../format/shape.ts";
import type { Given } from "../format/stored-look.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import type { ImportFormat, Reading } from "./import-format.ts";
import { createLookGroups } from "./look-groups.ts";
import type { Origin } from "./observe-look.ts";
import { openRecords } from "./open-records.io.ts";
import { NO_TALLY, type RejectedRecord, type Tally } from "./tally.ts";

/** Where converted lines and rejects go; `null` = nowhere, they are only counted. */
export interface ConvertTarget {
  readonly lines: string | null;
  readonly onReject: (reject: RejectedRecord) => void;
}

/** What is read and how: the source, its beginning as text, the format, what the user adds, whose looks they are. */
export interface ConvertSource {
  readonly source: ByteSource;
  readonly head: string;
  readonly format: ImportFormat;
  readonly given: Given;
  readonly origin: Origin;
  /** Fills what a record does not say of its place. */
  readonly placed: (record: LineRecord) => LineRecord;
}

/** Reads a file record by record and writes what fits as Corral's own lines. Throws the source's complaint, or when stopped. */
export async function convert(from: ConvertSource, target: ConvertTarget, stopped: AbortSignal): Promise<Tally> {
  const out = target.lines === null ? null : openNew(target.lines);
  const groups = createLookGroups(from.origin);
  const read = from.format.open(from.given);
  let tally = NO_TALLY;
  try {
    for await (const pieces of openRecords(from.source, from.head, from.format)) {
      stopped.throwIfAborted();
      let text = "";
      for (const { line, value } of pieces) {
        const reading = value.ok ? read(value.value) : unread(value.error);
        for (const problem of reading.problems) target.onReject({ file: from.source.place, line, ...problem });
        const records = [...reading.records, ...reading.looks.flatMap((look) => groups.add(look))];
        text += linesOf(records.map(from.placed));
        tally = counted(tally, { ...reading, records });
      }
      if (out !== null) await write(out, text);
    }
    const last = groups.rest();
    tally = { ...tally, observations: tally.observations + last.length };
    if (out !== null) {
      for (const record of last) await write(out, linesOf([from.placed(record)]));
      out.end();
      await finished(out);
    }
    return tally;
  } finally {
    if (out !== null) await close(out);
  }
}

function unread(problem: FieldProblem): Reading {
  return { records: [], looks: [], problems: [problem], skipped: 0 };
}

function linesOf(records: readonly LineRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
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

function counted(tally: Tally, { records, problems, skipped, isFrame }: Reading): Tally {
  const of = (kind: string): number => records.reduce((sum, record) => sum + (record.kind === kind ? 1 : 0), 0);
  return {
    values: tally.values + (isFrame === true ? 0 : 1),
    observations: tally.observations + of("observation"),
    cards: tally.cards + of("card"),
    runs: tally.runs + of("run"),
    skipped: tally.skipped + skipped,
    rejected: tally.rejected + problems.length,
  };
}
