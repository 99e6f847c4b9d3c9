import type { LogRow, LogSetting, LogSink } from "../../../model/log-grammar.ts";
import { toldZone } from "../told-zone.ts";
import { nestedDocument } from "../windows/windows-document.ts";
import { isWanted, WINDOWS } from "../windows/windows-event.ts";
import { tellWindows } from "../windows/windows-telling.ts";
import { readEvtxChunk } from "./evtx-chunk.ts";

/** Reads one Windows event log, chunk by chunk, in any order. */
export interface EvtxReader {
  /**
   * Tells what the chunk's records mean.
   *
   * @param offset - Bytes from the beginning of the file to the chunk.
   */
  chunk(bytes: Uint8Array, offset: number, sink: LogSink): void;
}

/** Title of the format, for the person. */
export const EVTX_TITLE = "Windows event log (EVTX)";

/** Makes the reader of one file. A record's place is its number and offset, its text the record as JSON. */
export function evtxReader(setting: LogSetting): EvtxReader {
  const place = { source: setting.source, product: WINDOWS, zone: toldZone(setting.zoneMinutes) };
  return {
    chunk(bytes, offset, sink) {
      for (const piece of readEvtxChunk(bytes)) {
        if (piece.kind === "problem") {
          sink.reject({ line: 0, offset: offset + piece.offset, text: "" }, piece.problem);
          continue;
        }
        const document = nestedDocument(piece.event);
        if (document === null || !isWanted(document)) sink.pass();
        else tellWindows(document, place, rowOf(piece.record, offset + piece.offset, piece.event), sink);
      }
    },
  };
}

function rowOf(record: number, offset: number, event: unknown): LogRow {
  return { line: record, offset, text: JSON.stringify(event) };
}
