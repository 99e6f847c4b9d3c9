import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { CONTROL } from "../bounded-value.ts";
import type { Envelope, InnerGrammar } from "./inner-grammar.ts";
import { OLLAMA, ollamaText } from "./ollama-text.ts";
import { toldZone } from "./told-zone.ts";

/** Rows without zone that wait for one with it. */
const MOST_HELD = 4096;
const QUARTER_MS = 15 * 60_000;
/** A message that was longer on its way than this has a time of its own that is better than the outer one. */
const SLOW_MS = 2000;
/** What children of the server print between its own rows; alone it proves nothing. */
const CHATTER =
  /^(?:llama_|llm_load|llama-|ggml_|gguf_|load_|print_info|clip_|srv |slot |main: |system_info|\[GIN-debug\]|Couldn't find|Your new public key|\s|ssh-|Device \d|goroutine |INFO \[|\{"function")/u;

/** Log of `ollama serve` as it stands in a file: gin's access rows and Go's slog. */
export const OLLAMA_SERVER: LogGrammar = {
  id: "ollama-server",
  title: "Ollama server log",
  product: OLLAMA,
  recognise,
  read: readServer,
};

/** The same rows inside of journald, syslog and Docker logs. */
export const OLLAMA_INNER: InnerGrammar = {
  id: "ollama-server",
  programs: ["ollama"],
  read(setting) {
    const text = ollamaText();
    const { source } = setting;
    return {
      message(message, envelope, row, sink) {
        const kind = text.read(message);
        if (kind === "other") {
          if (envelope.program !== OLLAMA) return false;
          sink.pass();
        } else if (kind === "broken") sink.reject(row, "broken-ollama-row");
        else {
          const { observer } = envelope;
          const at = kind === "slog" ? text.ms : outerTime(text.ms, envelope);
          text.tell(at, row, { source, observer }, sink);
        }
        return true;
      },
      end: () => {},
    };
  },
};

/** The outer log's time, unless the message was slow on its way: then its own, in the zone (by quarters of an hour) that fits the outer one. */
function outerTime(localMs: number, envelope: Envelope): number {
  const own = localMs - Math.round((localMs - envelope.at) / QUARTER_MS) * QUARTER_MS;
  return Math.abs(envelope.at - own) <= SLOW_MS ? envelope.at : own;
}

function recognise(rows: readonly string[]): number {
  const text = ollamaText();
  let sure = 0;
  let chatter = 0;
  let full = 0;
  for (const row of rows) {
    if (row === "") continue;
    full += 1;
    const kind = text.read(row);
    if (kind === "gin" || (kind === "slog" && row.includes(" source=")) || kind === "plain") sure += 1;
    else if (CHATTER.test(row)) chatter += 1;
  }
  return sure === 0 ? 0 : (sure + chatter) / full;
}

function readServer(setting: LogSetting): LogReader {
  const text = ollamaText();
  const zone = toldZone(setting.zoneMinutes);
  const place = { source: setting.source, observer: null };
  let held: LogRow[] = [];

  const release = (minutes: number, sink: LogSink): void => {
    const waiting = held;
    held = [];
    for (const row of waiting) {
      text.read(row.text);
      text.tell(text.ms - minutes * 60_000, row, place, sink);
    }
  };

  const local = (row: LogRow, sink: LogSink): void => {
    const minutes = zone.at(text.ms);
    if (minutes !== null) {
      text.tell(text.ms - minutes * 60_000, row, place, sink);
      return;
    }
    held.push(row);
    if (held.length >= MOST_HELD) release(zone.assumed(), sink);
  };

  return {
    row(row, sink) {
      switch (text.read(row.text)) {
        case "gin":
        case "plain":
          return local(row, sink);
        case "slog": {
          const { zoneMinutes } = text;
          if (zoneMinutes === null) return local(row, sink);
          zone.heard(zoneMinutes, row.line);
          if (held.length > 0) {
            release(zoneMinutes, sink);
            text.read(row.text);
          }
          return text.tell(text.ms, row, place, sink);
        }
        case "broken":
          return sink.reject(row, "broken-ollama-row");
        case "other":
          return isText(row.text) ? sink.pass() : sink.reject(row, "not-text");
      }
    },
    end(sink) {
      release(zone.assumed(), sink);
    },
    get zone() {
      return zone.words();
    },
  };
}

/** Whether nothing in it is a control character but tabs and colour. */
function isText(text: string): boolean {
  return !CONTROL.test(text) || !CONTROL.test(text.replaceAll(/[\t\u001b]/gu, ""));
}
