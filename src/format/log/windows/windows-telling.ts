import type { LogRow, LogSink } from "../../../model/log-grammar.ts";
import type { ToldZone } from "../told-zone.ts";
import type { WindowsDocument } from "./windows-document.ts";
import { isWanted, windowsEvent } from "./windows-event.ts";
import { windowsTime } from "./windows-time.ts";

/** Where the events of a file come from. */
export interface WindowsPlace {
  readonly source: number;
  readonly product: string;
  readonly zone: ToldZone;
}

/** Tells the event of a document: exactly one event, rejection or pass. */
export function tellWindows(document: WindowsDocument, place: WindowsPlace, row: LogRow, sink: LogSink): void {
  if (!isWanted(document)) return sink.pass();
  const at = windowsTime(document.written, document.fields, place.zone, row.line);
  if (at === null) return sink.reject(row, "windows-event-without-time");
  const event = windowsEvent(document, {
    at,
    observer: document.computer,
    product: place.product,
    place: { source: place.source, line: row.line, offset: row.offset, text: row.text },
  });
  if (event === null) sink.pass();
  else sink.event(event);
}
