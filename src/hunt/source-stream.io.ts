import { resolve } from "node:path";
import { openBytes } from "../machine/packed-bytes.io.ts";
import type { ByteSource } from "../machine/packed-bytes.io.ts";
import type { LogEvent } from "../model/event.ts";
import type { LogGrammar, LogSetting } from "../model/log-grammar.ts";
import { reasonOf } from "./find-files.io.ts";
import type { HuntSource, SourceReport, Unread } from "./hunt-source.ts";
import type { EventStream } from "./merge.ts";
import { recordBytes, rowBytes } from "./source-bytes.ts";
import type { SourceBytes } from "./source-bytes.ts";
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
  /** Packed bytes and rows that were read. */
  progress(bytes: number, rows: number): void;
  /** The source has been read; files of it that broke off. */
  ended(report: SourceReport, unread: readonly Unread[]): void;
}

/** Events that are handed on together, unless so many bytes have been read meanwhile. */
const BATCH = 256;
const BYTES_OF_A_BATCH = 1 << 26;

/** Opens a source: its files one after the other, rows that one file begins and the next one ends put together. */
export function openSource(source: HuntSource, effects: StreamEffects): EventStream {
  const run = new SourceRun(source, effects);
  const batches = run.events();
  return {
    async next() {
      const { done, value } = await batches.next();
      return done === true ? null : value;
    },
  };
}

/** Owns the reading of one source from its first file to its last. */
class SourceRun {
  readonly #source: HuntSource;
  readonly #effects: StreamEffects;
  readonly #reader: SourceReader;
  readonly #bytes: SourceBytes;
  readonly #unread: Unread[] = [];
  #batch: LogEvent[] = [];
  #size = 0;
  #waiting = 0;

  constructor(source: HuntSource, effects: StreamEffects) {
    const { grammars, setting, questions } = effects;
    const isEvtx = source.files[0]?.packing === "evtx";
    this.#source = source;
    this.#effects = effects;
    this.#reader = new SourceReader(grammars, source.grammar, setting, questions);
    this.#bytes = isEvtx ? recordBytes(this.#reader, setting) : rowBytes(this.#reader, source.grammar);
  }

  async *events(): AsyncGenerator<readonly LogEvent[], undefined> {
    for (const [file, { file: named }] of this.#source.files.entries()) yield* this.#file(file, named.path);
    this.#bytes.end();
    this.#reader.end(this.#take);
    this.#effects.ended(this.#report(), this.#unread);
    if (this.#batch.length > 0) yield this.#batch;
  }

  readonly #take = (event: LogEvent): void => {
    this.#batch.push(event);
  };

  async *#file(file: number, path: string): AsyncGenerator<readonly LogEvent[]> {
    const { stopped } = this.#effects;
    let before = 0;
    let isFirst = true;
    try {
      const opened = await reopen(path, this.#effects);
      for await (const chunk of opened.chunks) {
        stopped.throwIfAborted();
        if (isFirst) this.#bytes.beginFile(file, chunk);
        isFirst = false;
        const rows = this.#reader.tally.rows;
        this.#bytes.chunk(chunk);
        this.#reader.ripe(this.#take);
        this.#size += chunk.length;
        this.#waiting += chunk.length;
        this.#effects.progress(opened.readBytes() - before, this.#reader.tally.rows - rows);
        before = opened.readBytes();
        if (this.#isDue()) yield this.#handOn();
      }
    } catch (error) {
      stopped.throwIfAborted();
      this.#unread.push({ path, reason: reasonOf(path, error), isMissing: true });
    }
  }

  #isDue(): boolean {
    return this.#batch.length >= BATCH || (this.#batch.length > 0 && this.#waiting >= BYTES_OF_A_BATCH);
  }

  #handOn(): readonly LogEvent[] {
    const batch = this.#batch;
    this.#batch = [];
    this.#waiting = 0;
    return batch;
  }

  #report(): SourceReport {
    const { number, files, grammar } = this.#source;
    return {
      number,
      files: files.map(({ file: { path }, packing }) => ({ path, packing })),
      grammar: grammar?.id ?? null,
      tally: this.#reader.tally,
      spans: this.#bytes.spans,
      bytes: this.#size,
    };
  }
}

async function reopen(path: string, { cwd, pipes }: StreamEffects): Promise<ByteSource> {
  const pipe = pipes.get(path);
  if (pipe !== undefined) return pipe;
  return openBytes(resolve(cwd, path), { stdin: nothing, anyName: true });
}

/** Standard input is among the pipes. */
async function* nothing(): AsyncGenerator<Uint8Array> {}
