import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { toldZone } from "./told-zone.ts";
import { isWantedNumber, WINDOWS } from "./windows/windows-event.ts";
import { tellWindows } from "./windows/windows-telling.ts";
import { xmlDocument, xmlEventNumber } from "./windows/xml-document.ts";

const OPEN = "<Event";
const CLOSE = "</Event>";
const DECLARATION = /^<\?xml |^<\/?Events(?: [^>]{0,200})?>$/u;
/** Characters of one event: no record of Windows is longer than 64 KiB. */
const LONGEST = 1 << 20;

/** Events of Windows as their own XML, one in a row (`wevtutil qe`) or over many rows (`evtxexport`, `evtx_dump`). */
export const WINDOWS_XML: LogGrammar = {
  id: "windows-xml",
  title: "Windows events as XML (wevtutil, evtxexport)",
  product: WINDOWS,
  recognise,
  read: (setting) => readXml(setting),
};

/** The share of events that open, of rows outside of any. */
function recognise(rows: readonly string[]): number {
  let outside = 0;
  let mine = 0;
  let isInside = false;
  for (const text of rows) {
    const trimmed = text.trim();
    if (trimmed === "") continue;
    if (!isInside) {
      outside += 1;
      isInside = opens(trimmed);
      if (isInside || DECLARATION.test(trimmed)) mine += 1;
    }
    if (trimmed.endsWith(CLOSE)) isInside = false;
  }
  return outside === 0 || !rows.some((row) => row.includes(OPEN)) ? 0 : mine / outside;
}

function opens(text: string): boolean {
  if (!text.startsWith(OPEN)) return false;
  const next = text.charAt(OPEN.length);
  return next === ">" || next === " ";
}

function readXml(setting: LogSetting): LogReader {
  const zone = toldZone(setting.zoneMinutes);
  const place = { source: setting.source, product: WINDOWS, zone };
  let first: LogRow | null = null;
  let held = "";

  const tell = (row: LogRow, text: string, sink: LogSink): void => {
    const number = xmlEventNumber(text);
    if (number !== -1 && !isWantedNumber(number)) return sink.pass();
    const document = xmlDocument(text);
    if (document === null) sink.reject(row, "broken-xml");
    else tellWindows(document, place, { ...row, text }, sink);
  };

  return {
    row(row, sink) {
      const text = row.text.trim();
      if (opens(text)) {
        if (first !== null) sink.reject(first, "cut-xml");
        first = row;
        held = "";
      } else if (first === null) {
        if (text === "" || DECLARATION.test(text)) sink.pass();
        else sink.reject(row, "no-windows-event");
        return;
      }
      held += held === "" ? text : `\n${text}`;
      if (text.endsWith(CLOSE)) tell(first, held, sink);
      else if (held.length > LONGEST) sink.reject(first, "long-xml");
      else return;
      first = null;
      held = "";
    },
    end(sink) {
      if (first !== null) sink.reject(first, "cut-xml");
      first = null;
    },
    get zone() {
      return zone.words();
    },
  };
}
