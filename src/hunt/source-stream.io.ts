import { resolve } from "node:path";
import { openBytes } from "../machine/packed-bytes.io.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import type { LogEvent } from "../model/event.ts";
import type { LogGrammar, LogSetting } from "../model/log-grammar.ts";
import { reasonOf } from "./find-files.io.ts";
import type { FileSpan, HuntSource, SourceReport, Unread } from "./hunt-source.ts";
import type { EventStream } from "./merge.ts";
import { RowCutter } from "./row-cutter.ts";
import { SourceReader } from "./source-reader.ts";
import type { RowQuestions } from "./source-reader.ts";

/** What reading a source takes. */
export interface StreamEffects {
  readonly cwd: string;
  readonly grammars: readonly LogGrammar[];
  readonly pipes: ReadonlyMap<string, ByteSource>;
  readonly setting: LogSetting;
  readonly questions: RowQuestions;
  readonly stopped: AbortSignal;
  /** Packed bytes that were read. */
  progress(bytes: number, rows: number): void;
  /** The source has been read; files of it that broke off. */
  ended(report: SourceReport, unread: readonly Unread[]): void;
}

/** Events that are handed on together at least, unless the source ends. */
const BATCH = 256;
const MOST_BYTES_BETWEEN = 1 << 26;

/** Opens a source: its files one after the other, rows that one file begins and the next one ends put together. */
export function openSource(source: HuntSource, effects: StreamEffects): EventStream {
  const batches = eventsOf(source, effects);
  return {
    async next() {
      const { done, value } = await batches.next();
      return done === true ? null : value;
    },
  };
}

async function* eventsOf(source: HuntSource, effects: StreamEffects): AsyncGenerator<readonly LogEvent[], undefined> {
  const reader = new SourceReader(effects.grammars, source.grammar, effects.setting, effects.questions);
  const cutter = new RowCutter();
  const spans: FileSpan[] = [];
  const unread: Unread[] = [];
  let batch: LogEvent[] = [];
  let bytes = 0;
  let unhanded = 0;
  const take = (event: LogEvent): void => void batch.push(event);
  for (const [
    file,
    {
      file: { path },
    },
  ] of source.files.entries()) {
    spans.push({ file, lineBase: cutter.lines, offsetBase: cutter.offset });
    cutter.nextFile();
    try {
      const opened = await reopen(path, effects);
      let before = 0;
      for await (const chunk of opened.chunks) {
        effects.stopped.throwIfAborted();
        const rowsBefore = cutter.lines;
        cutter.cut(chunk, reader);
        reader.ripe(take);
        bytes += chunk.length;
        unhanded += chunk.length;
        effects.progress(opened.readBytes() - before, cutter.lines - rowsBefore);
        before = opened.readBytes();
        if (batch.length >= BATCH || (batch.length > 0 && unhanded > MOST_BYTES_BETWEEN)) {
          yield batch;
          batch = [];
          unhanded = 0;
        }
      }
    } catch (error) {
      effects.stopped.throwIfAborted();
      unread.push({ path, reason: reasonOf(path, error), isMissing: true });
    }
    cutter.rest(reader);
  }
  reader.end(take);
  effects.ended(reportOf(source, { reader, spans, bytes }), unread);
  if (batch.length > 0) yield batch;
}

async function reopen(path: string, { cwd, pipes }: StreamEffects): Promise<ByteSource> {
  const pipe = pipes.get(path);
  if (pipe !== undefined) return pipe;
  return openBytes(resolve(cwd, path), { stdin: nothing, anyName: true });
}

/** Standard input is among the pipes. */
async function* nothing(): AsyncGenerator<Uint8Array> {}

interface Read {
  readonly reader: SourceReader;
  readonly spans: readonly FileSpan[];
  readonly bytes: number;
}

function reportOf(source: HuntSource, { reader, spans, bytes }: Read): SourceReport {
  return {
    number: source.number,
    files: source.files.map(({ file: { path }, packing }) => ({ path, packing })),
    grammar: source.grammar?.id ?? null,
    tally: reader.tally,
    spans,
    bytes,
  };
}
