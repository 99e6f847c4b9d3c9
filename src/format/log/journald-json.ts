import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { JsonObject } from "../bounded-value.ts";
import { type Dispatch, dispatch } from "./dispatch.ts";
import { journaldEnvelope, journaldMessage } from "./journald-entry.ts";
import { parsed } from "./json-kind.ts";

const MARK = '"__REALTIME_TIMESTAMP"';
/** What `-o json-sse` puts before each entry. */
const EVENT_STREAM = "data: ";
/** What `-o json-seq` puts before each entry. */
const RECORD_SEPARATOR = "\u001e";

/** `journalctl -o json`: one entry a row (json-sse and json-seq too). */
export const JOURNALD_JSON: LogGrammar = {
  id: "journald-json",
  title: "journald entries as JSON",
  product: "journald",
  recognise(rows) {
    const full = rows.filter((row) => row !== "" && row !== RECORD_SEPARATOR);
    return full.length === 0 ? 0 : full.filter((row) => entryOf(row) !== null).length / full.length;
  },
  read: (setting) => readEntries(setting),
};

function readEntries(setting: LogSetting): LogReader {
  const messages = dispatch(setting);
  return {
    row(row, sink) {
      if (row.text === "" || row.text === RECORD_SEPARATOR) return sink.pass();
      const entry = entryOf(row.text);
      if (entry !== null) return tellEntry(entry, row, messages, sink);
      sink.reject(row, row.text.includes(MARK) ? "broken-json" : "not-of-this-log");
    },
    end: (sink) => messages.end(sink),
    zone: null,
  };
}

/** Hands an entry's message on; one without time is broken, one without message tells nothing. */
export function tellEntry(entry: JsonObject, row: LogRow, messages: Dispatch, sink: LogSink): void {
  const envelope = journaldEnvelope(entry);
  if (envelope === null) return sink.reject(row, "no-time");
  const message = journaldMessage(entry);
  if (message === null || message === "") sink.pass();
  else messages.message(message, envelope, row, sink);
}

function entryOf(text: string): JsonObject | null {
  if (!text.includes(MARK)) return null;
  const from = text.startsWith(EVENT_STREAM) ? EVENT_STREAM.length : text.startsWith(RECORD_SEPARATOR) ? 1 : 0;
  return parsed(from === 0 ? text : text.slice(from));
}
