import type { Buffer } from "node:buffer";
import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { CONTROL } from "../bounded-value.ts";
import type { Envelope, InnerGrammar } from "./inner-grammar.ts";
import { OLLAMA, type OllamaPlace, OllamaText, type RowWhere } from "./ollama-text.ts";
import { toldZone, type ToldZone } from "./told-zone.ts";

/** Rows without zone that wait for one with it. */
const MOST_HELD = 4096;
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** A message that was longer on its way than this has a time of its own that is better than the outer one. */
const SLOW_MS = 2000;
/** What children of the server print between its own rows; alone it proves nothing. */
const CHATTER =
  /^(?:llama_|llm_load|llama-|ggml_|gguf_|load_|print_info|clip_|srv |slot |main: |system_info|\[GIN-debug\]|Couldn't find|Your new public key|\s|ssh-|Device \d|goroutine |INFO \[|\{"(?:function":|timestamp":\d))/u;

/** Beginnings of rows that neither the server nor its children print. */
const OTHER_LOG =
  /^(?:\{|#|<\d|type=|\d{1,3}\.\d{1,3}\.|[\da-f]{0,4}:[\da-f:]{1,40} - |\d{1,2} (?:\d{12}|unknown) |[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\d)/u;

/** Log of `ollama serve` as it stands in a file: gin's access rows and Go's slog. */
export const OLLAMA_SERVER: LogGrammar = {
  id: "ollama-server",
  title: "Ollama server log",
  product: OLLAMA,
  recognise,
  read: (setting) => new ServerReader(setting),
};

/** The same rows inside of journald, syslog and Docker logs. */
export const OLLAMA_INNER: InnerGrammar = {
  id: "ollama-server",
  programs: ["ollama", "ollama.listener"],
  anywhere: true,
  read(setting) {
    const text = new OllamaText();
    const { source } = setting;
    return {
      message(message, envelope, row, sink) {
        const kind = text.read(message);
        if (kind === "other") {
          if (envelope.program === null) return false;
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
  const text = new OllamaText();
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

/** Reads one file; owns the rows that wait for a zone. */
class ServerReader implements LogReader {
  readonly #text = new OllamaText();
  readonly #zone: ToldZone;
  readonly #place: OllamaPlace;
  #held: LogRow[] = [];
  #where: RowWhere | null = null;

  constructor(setting: LogSetting) {
    this.#zone = toldZone(setting.zoneMinutes);
    this.#place = { source: setting.source, observer: null };
  }

  get zone(): string | null {
    return this.#zone.words();
  }

  row(row: LogRow, sink: LogSink): void {
    switch (this.#text.read(row.text)) {
      case "gin":
      case "plain":
        return this.#local(row, sink);
      case "slog":
        return this.#slog(row, sink);
      case "broken":
        return sink.reject(row, "broken-ollama-row");
      case "other":
        return isStrange(row.text) ? sink.reject(row, "not-of-this-log") : sink.pass();
    }
  }

  rowAt(bytes: Buffer, from: number, line: number, offset: number, sink: LogSink): number {
    const end = this.#text.readGinAt(bytes, from);
    if (end === 0) return 0;
    const { ms } = this.#text;
    const minutes = this.#zone.at(ms);
    // It must wait: `row` asks the zone again, which answers the same.
    if (minutes === null) return 0;
    this.#where ??= { bytes, from, end, line, offset };
    const where = this.#where;
    where.bytes = bytes;
    where.from = from;
    where.end = end;
    where.line = line;
    where.offset = offset;
    this.#text.tellGinAt(ms - minutes * MINUTE_MS, where, this.#place, sink);
    return end;
  }

  end(sink: LogSink): void {
    if (this.#held.length > 0) this.#release(this.#zone.assumed(), sink);
  }

  #slog(row: LogRow, sink: LogSink): void {
    const { zoneMinutes, ms } = this.#text;
    if (zoneMinutes === null) return this.#local(row, sink);
    this.#zone.heard(zoneMinutes, row.line, ms + zoneMinutes * MINUTE_MS);
    if (this.#held.length > 0) {
      this.#release(zoneMinutes, sink);
      this.#text.read(row.text);
    }
    this.#text.tell(ms, row, this.#place, sink);
  }

  #local(row: LogRow, sink: LogSink): void {
    const { ms } = this.#text;
    const minutes = this.#zone.at(ms);
    if (minutes === null) {
      this.#held.push(row);
      if (this.#held.length >= MOST_HELD) this.#release(this.#zone.assumed(), sink);
    } else this.#text.tell(ms - minutes * MINUTE_MS, row, this.#place, sink);
  }

  #release(minutes: number, sink: LogSink): void {
    const waiting = this.#held;
    this.#held = [];
    for (const row of waiting) {
      this.#text.read(row.text);
      this.#text.tell(this.#text.ms - minutes * MINUTE_MS, row, this.#place, sink);
    }
  }
}

/** Whether a row is another log's, or no text: colour and tabs are. */
function isStrange(text: string): boolean {
  if (CHATTER.test(text)) return false;
  return (
    OTHER_LOG.test(text) || (CONTROL.test(text) && CONTROL.test(text.replaceAll("\u001b", "").replaceAll("\t", "")))
  );
}
