import { resolve } from "node:path";
import { openBytes } from "../machine/packed-bytes.io.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import { peekBytes } from "../machine/peeked-bytes.io.ts";
import type { LogEvent } from "../model/event.ts";
import type { LogGrammar, LogRow, LogSetting } from "../model/log-grammar.ts";
import { reasonOf } from "./find-files.io.ts";
import type { HuntFile, HuntSource, Unread } from "./hunt-source.ts";
import { isEvtx } from "./is-evtx.ts";
import type { Packing } from "./packing.ts";
import { recogniseRows, SAMPLE_ROWS } from "./recognise.ts";
import { rotatedLogs } from "./rotation.ts";
import { RowCutter } from "./row-cutter.ts";

/** What the sources of a hunt are made from. */
export interface Preparation {
  readonly cwd: string;
  readonly grammars: readonly LogGrammar[];
  readonly setting: (source: number, modifiedMs: number) => LogSetting;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly stopped: AbortSignal;
}

/** Sources ready to be read, and files that will not be. */
export interface Prepared {
  readonly sources: readonly HuntSource[];
  /** Bytes that can be read once only (pipes), by path. */
  readonly pipes: ReadonlyMap<string, ByteSource>;
  readonly unread: readonly Unread[];
}

const HEAD_BYTES = 1 << 18;

interface Looked {
  readonly file: HuntFile;
  readonly folder: string;
  readonly name: string;
  readonly packing: Packing;
  readonly grammar: LogGrammar | null;
  readonly rows: readonly LogRow[];
}

/** Looks at the beginning of every file: which log it is, of which other files it is a part, when it begins. */
export async function prepareSources(files: readonly HuntFile[], preparation: Preparation): Promise<Prepared> {
  const looked: Looked[] = [];
  const unread: Unread[] = [];
  const pipes = new Map<string, ByteSource>();
  for (const file of files) {
    const found = await lookAt(file, preparation, pipes);
    preparation.stopped.throwIfAborted();
    if ("reason" in found) {
      if (found.reason !== null) unread.push({ path: file.path, reason: found.reason, isMissing: found.isMissing });
    } else looked.push(found);
  }
  const sources = rotatedLogs(looked)
    .flatMap(({ files: parts }) => sameGrammar(parts))
    .map((parts, number) => sourceOf(parts, number, preparation));
  return { sources, pipes, unread };
}

interface Skipped {
  /** `null` = there is nothing in it. */
  readonly reason: string | null;
  readonly isMissing: boolean;
}

async function lookAt(
  file: HuntFile,
  preparation: Preparation,
  pipes: Map<string, ByteSource>,
): Promise<Looked | Skipped> {
  try {
    const isPipe = file.sizeBytes === null;
    const path = file.path === "-" ? "-" : resolve(preparation.cwd, file.path);
    const opened = await openBytes(path, { stdin: preparation.stdin, anyName: true });
    const { head, source, failure } = await peekBytes(opened, HEAD_BYTES);
    if (isPipe) pipes.set(file.path, source);
    else await source.chunks[Symbol.asyncIterator]().return?.();
    if (head.length === 0) {
      return failure === null
        ? { reason: file.walked ? null : "is empty", isMissing: false }
        : { reason: reasonOf(file.path, failure.error), isMissing: true };
    }
    return judge(file, { head, packing: source.packing }, preparation.grammars);
  } catch (error) {
    return { reason: reasonOf(file.path, error), isMissing: true };
  }
}

interface Head {
  readonly head: Uint8Array;
  readonly packing: "plain" | "gz" | "zst";
}

function judge(file: HuntFile, { head, packing }: Head, grammars: readonly LogGrammar[]): Looked | Skipped {
  const { folder, name } = file;
  if (isEvtx(head)) return { file, folder, name, packing: "evtx", grammar: null, rows: [] };
  const rows = headRows(head);
  const grammar = recognised(grammars, rows);
  if (grammar !== null || (!file.walked && !isBinary(head)))
    return { file, folder, name, packing, grammar, rows: rows.slice(0, SAMPLE_ROWS) };
  const reason = isBinary(head) ? "is binary and no log that Corral knows" : "is no log that Corral knows";
  return { reason, isMissing: !file.walked };
}

/** By the first rows; else by samples further on: a log may begin with something else. */
function recognised(grammars: readonly LogGrammar[], rows: readonly LogRow[]): LogGrammar | null {
  const texts = rows.map(({ text }) => text);
  for (let from = 0; from < texts.length; from = Math.max(SAMPLE_ROWS, from * 2)) {
    const grammar = recogniseRows(grammars, texts.slice(from, from + SAMPLE_ROWS));
    if (grammar !== null) return grammar;
  }
  return null;
}

function headRows(head: Uint8Array): readonly LogRow[] {
  const rows: LogRow[] = [];
  const cutter = new RowCutter();
  const taker = { row: (row: LogRow) => void rows.push(row), tooLong: () => undefined };
  cutter.cut(head, taker);
  // A document may stand on one row that is longer than this: its beginning tells what it is.
  if (head.length < HEAD_BYTES || rows.length === 0) cutter.rest(taker);
  return rows;
}

/** A zero byte in the first rows, and none of them is a log's. */
function isBinary(head: Uint8Array): boolean {
  return head.subarray(0, 4096).includes(0);
}

/** Parts of one log that are written alike; a part whose first rows tell nothing goes with the part before it. */
function sameGrammar(parts: readonly Looked[]): readonly (readonly Looked[])[] {
  const groups: Looked[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    const known = last?.find(({ grammar }) => grammar !== null)?.grammar ?? null;
    const fits = part.packing !== "evtx" && (part.grammar === null || known === null || part.grammar === known);
    if (last !== undefined && fits && last[0]?.packing !== "evtx" && part.file.sizeBytes !== null) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

function sourceOf(parts: readonly Looked[], number: number, { setting }: Preparation): HuntSource {
  const grammar = parts.find((part) => part.grammar !== null)?.grammar ?? null;
  const first = parts[0];
  const modifiedMs = first?.file.modifiedMs ?? 0;
  const firstAt = grammar === null ? -Infinity : firstTime(grammar, first?.rows ?? [], setting(number, modifiedMs));
  return { number, files: parts.map(({ file, packing }) => ({ file, packing })), grammar, firstAt };
}

function firstTime(grammar: LogGrammar, rows: readonly LogRow[], setting: LogSetting): number {
  let first = Infinity;
  const reader = grammar.read(setting);
  const sink = {
    event: (event: LogEvent) => {
      first = Math.min(first, event.at);
    },
    reject: () => undefined,
    pass: () => undefined,
  };
  for (const row of rows) reader.row(row, sink);
  return first === Infinity ? -Infinity : first;
}
