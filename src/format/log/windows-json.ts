import type { LogGrammar, LogReader, LogRow, LogSetting } from "../../model/log-grammar.ts";
import { jsonElements } from "./json-elements.ts";
import { recogniseElements } from "./recognise-elements.ts";
import { toldZone } from "./told-zone.ts";
import { isUnwantedRow } from "./windows/event-number.ts";
import { flatDocument, nestedDocument, type WindowsDocument } from "./windows/windows-document.ts";
import { isWantedNumber, WINDOWS } from "./windows/windows-event.ts";
import { tellWindows } from "./windows/windows-telling.ts";

/** How a shape of JSON is read, and which keys beside `EventID` may hold the number. */
interface Shape {
  readonly open: (value: unknown) => WindowsDocument | null;
  readonly numberKeys: readonly string[];
}

const FLAT: Shape = { open: flatDocument, numberKeys: ['event_id"', 'EventId"'] };
const NESTED: Shape = { open: nestedDocument, numberKeys: [] };

/** Events of Windows with their fields beside each other. */
export const WINDOWS_JSON_FLAT: LogGrammar = {
  id: "windows-json-flat",
  title: "Windows events as flat JSON (NXLog, Winlogbeat 6)",
  product: WINDOWS,
  recognise: (rows) => recogniseElements(rows, { lists: [], isMine: isFlat, marks: ['"EventID"', '"Channel"'] }),
  read: (setting) => readJson(setting, FLAT),
};

/** Events of Windows as the XML of Windows nests them. */
export const WINDOWS_JSON_NESTED: LogGrammar = {
  id: "windows-json-nested",
  title: "Windows events as nested JSON (evtx_dump, Chainsaw, Velociraptor)",
  product: WINDOWS,
  recognise: (rows) =>
    recogniseElements(rows, {
      lists: [],
      isMine: (value) => nestedDocument(value) !== null,
      marks: ['"System"', '"EventID"'],
    }),
  read: (setting) => readJson(setting, NESTED),
};

/** An event number alone is no sign: other programs number their events too. */
function isFlat(value: unknown): boolean {
  const document = flatDocument(value);
  return document !== null && (document.channel !== null || document.provider !== null);
}

function readJson(setting: LogSetting, shape: Shape): LogReader {
  const elements = jsonElements([]);
  const zone = toldZone(setting.zoneMinutes);
  const place = { source: setting.source, product: WINDOWS, zone };
  return {
    row(row, sink) {
      const isUnwanted = elements.pending() === "" && isUnwantedRow(row.text, shape.numberKeys, isWantedNumber);
      if (isUnwanted) return sink.pass();
      elements.row(row, {
        element(value, at) {
          const document = shape.open(value);
          if (document === null) sink.reject(at, "no-windows-event");
          else tellWindows(document, place, at, sink);
        },
        broken: (at: LogRow, reason: string) => sink.reject(at, reason),
      });
    },
    end(sink) {
      elements.end({ element: () => {}, broken: (at, reason) => sink.reject(at, reason) });
    },
    get zone() {
      return zone.words();
    },
  };
}
