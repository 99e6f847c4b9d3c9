import { EVTX_TITLE, evtxReader } from "../format/log/evtx/evtx-reader.ts";
import type { LogGrammar, LogRow, LogSetting } from "../model/log-grammar.ts";
import { EvtxCutter } from "./evtx-cutter.ts";
import type { FileSpan } from "./hunt-source.ts";
import { RowCutter } from "./row-cutter.ts";
import type { SourceReader } from "./source-reader.ts";

/** Takes the bytes of a source, file after file, and hands its rows or records to the reader. */
export interface SourceBytes {
  /** @param head - First bytes of the file, as many as there are at hand: they tell whether it goes on with a row that the last file began. */
  beginFile(file: number, head: Uint8Array): void;
  chunk(bytes: Uint8Array): void;
  /** The last file has ended. */
  end(): void;
  readonly spans: readonly FileSpan[];
}

/** Bytes of rows of text. */
export function rowBytes(reader: SourceReader, grammar: LogGrammar | null): SourceBytes {
  const cutter = new RowCutter();
  const spans: FileSpan[] = [];
  return {
    spans,
    beginFile(file, head) {
      const goesOn = cutter.hasRest && isContinuation(grammar, cutter.restText(), firstRow(head));
      if (!goesOn) cutter.rest(reader);
      spans.push({ file, lineBase: cutter.lines, offsetBase: cutter.offset + cutter.restBytes });
      cutter.nextFile();
    },
    chunk(bytes) {
      cutter.cut(bytes, reader);
    },
    end() {
      cutter.rest(reader);
    },
  };
}

/** Bytes of the records of a Windows event log. */
export function recordBytes(reader: SourceReader, setting: LogSetting): SourceBytes {
  const records = evtxReader(setting);
  const cutter = new EvtxCutter();
  const sink = reader.records(EVTX_TITLE);
  const spans: FileSpan[] = [];
  const take = (chunk: Uint8Array, offset: number): void => {
    records.chunk(chunk, offset, sink);
  };
  return {
    spans,
    beginFile(file) {
      spans.push({ file, lineBase: 0, offsetBase: 0 });
    },
    chunk(bytes) {
      cutter.cut(bytes, take);
    },
    end() {
      cutter.rest(take);
    },
  };
}

function firstRow(head: Uint8Array): string {
  const rows: string[] = [];
  const taker = { row: (row: LogRow) => void rows.push(row.text), tooLong: () => undefined };
  const cutter = new RowCutter();
  cutter.cut(head, taker);
  cutter.rest(taker);
  return rows[0] ?? "";
}

/** A log that was cut within a row goes on in the next file: its first piece is no row alone, and is one behind the last piece. */
function isContinuation(grammar: LogGrammar | null, rest: string, first: string): boolean {
  if (grammar === null || first === "") return false;
  return grammar.recognise([first]) === 0 && grammar.recognise([rest + first]) > 0;
}
