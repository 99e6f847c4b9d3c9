import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { csvFields } from "./csv-row.ts";
import { DEFENDER, defenderRow, isDefenderHeader, tellDefender } from "./defender/defender-row.ts";
import { jsonElements } from "./json-elements.ts";
import { recogniseElements } from "./recognise-elements.ts";

/** Where the API's answer holds its rows. */
const LISTS = ["Results", "results", "records"];
/** Characters of one record of CSV. */
const LONGEST = 1 << 20;

/** Advanced hunting of Defender XDR as JSON: rows alone, an answer of the API, the streaming API, tables of Sentinel. */
export const DEFENDER_JSON: LogGrammar = {
  id: "defender-json",
  title: "Microsoft Defender XDR, advanced hunting as JSON",
  product: DEFENDER,
  recognise: (rows) =>
    recogniseElements(rows, {
      lists: LISTS,
      isMine: (value) => defenderRow(value) !== null,
      marks: ['"ActionType"', '"DeviceName"'],
    }),
  read({ source }) {
    const elements = jsonElements(LISTS);
    const broken = (sink: LogSink) => (at: LogRow, reason: string) => sink.reject(at, reason);
    return {
      row(row, sink) {
        elements.row(row, {
          element(value, at) {
            const fields = defenderRow(value);
            if (fields === null) sink.reject(at, "no-defender-row");
            else tellDefender(fields, source, at, sink);
          },
          broken: broken(sink),
        });
      },
      end: (sink) => elements.end({ element: () => {}, broken: broken(sink) }),
      zone: null,
    };
  },
};

/** The same as CSV, as the portal exports it. */
export const DEFENDER_CSV: LogGrammar = {
  id: "defender-csv",
  title: "Microsoft Defender XDR, advanced hunting as CSV",
  product: DEFENDER,
  recognise(rows) {
    const names = csvFields(withoutMark(rows[0] ?? ""));
    return names !== null && isDefenderHeader(names) ? 1 : 0;
  },
  read: (setting) => readCsv(setting),
};

function readCsv({ source }: LogSetting): LogReader {
  let names: readonly string[] | null = null;
  let first: LogRow | null = null;
  let held = "";

  const tell = (row: LogRow, values: readonly string[], text: string, sink: LogSink): void => {
    if (names === null) {
      names = values;
      if (isDefenderHeader(values)) sink.pass();
      else sink.reject(row, "no-defender-header");
      return;
    }
    if (values.length !== names.length) return sink.reject(row, "other-columns");
    const fields = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
    tellDefender(fields, source, { ...row, text }, sink);
  };

  return {
    row(row, sink) {
      const begun: LogRow = first ?? row;
      const text = first === null ? withoutMark(row.text) : `${held}\n${row.text}`;
      if (text === "") return;
      const values = csvFields(text);
      if (values === null && text.length <= LONGEST) {
        first = begun;
        held = text;
        return;
      }
      first = null;
      held = "";
      if (values === null) sink.reject(begun, "long-record");
      else tell(begun, values, text, sink);
    },
    end(sink) {
      if (first !== null) sink.reject(first, "open-quote");
      first = null;
    },
    zone: null,
  };
}

/** A byte order mark is no part of the first name. */
function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
