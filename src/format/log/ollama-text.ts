import type { LogRow, LogSink } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { httpEvent } from "../../model/make-event.ts";
import { clockMs, dayMs, digitsAt, isoTimeAt } from "./civil-time.ts";
import { blank, ginReader, isGinTag } from "./gin-row.ts";
import { tellOllamaLine } from "./ollama-lines.ts";
import { isPairOf, slogValue } from "./slog-pairs.ts";

/** Name of the log in events. */
export const OLLAMA = "ollama";

const LEVEL = /^(?:TRACE|DEBUG|INFO|WARN|ERROR) /u;
const FILE = /^[\w.-]{1,64}\.go:\d{1,6}: /u;
const LONGEST_FILE = 80;
const CLOCK_END = 19;

/** What a row of Ollama's log turned out to be. */
export type OllamaRowKind =
  /** An access row, its time without zone. */
  | "gin"
  /** A row of Go's slog, its time with zone. */
  | "slog"
  /** A row of Go's older log, its time without zone. */
  | "plain"
  /** It begins like one of these and is broken. */
  | "broken"
  /** Any other text that the server or its children print. */
  | "other";

/** Reads single rows of Ollama's log; what it read last stands in it until the next. */
export interface OllamaText {
  /** Takes a row apart. */
  read(text: string): OllamaRowKind;
  /** Time of the row: UTC of `slog`, the machine's own of `gin` and `plain`. */
  readonly ms: number;
  /** Zone of a row of slog; `null` = it had none. */
  readonly zoneMinutes: number | null;
  /** Tells what the row read last means; `utcMs` is its time. */
  tell(utcMs: number, row: LogRow, place: OllamaPlace, sink: LogSink): void;
}

/** Where events of this log come from. */
export interface OllamaPlace {
  readonly source: number;
  readonly observer: string | null;
}

/** Makes a reader of rows. */
export function ollamaText(): OllamaText {
  const gin = ginReader();
  let kind: OllamaRowKind = "other";
  let text = "";
  let messageAt = 0;
  let ms = 0;
  let zoneMinutes: number | null = null;

  const readSlog = (at: number): OllamaRowKind => {
    const time = isoTimeAt(text, at + "time=".length);
    if (time === null) return "broken";
    ({ ms, zoneMinutes, end: messageAt } = time);
    return "slog";
  };

  const readPlain = (at: number): OllamaRowKind => {
    const day = dayMs(digitsAt(text, at, 4), digitsAt(text, at + 5, 2), digitsAt(text, at + 8, 2));
    ms = day + clockMs(text, at + 11);
    const file = FILE.exec(text.slice(at + CLOCK_END + 1, at + CLOCK_END + 1 + LONGEST_FILE));
    if (Number.isNaN(ms) || file === null) return "other";
    messageAt = at + CLOCK_END + 1 + file[0].length;
    zoneMinutes = null;
    return "plain";
  };

  const kindOf = (): OllamaRowKind => {
    const at = beginning(text);
    const first = text.charCodeAt(at);
    if (first === 91 && isGinTag(text, at)) {
      if (!gin.read(text, at)) return "broken";
      ({ localMs: ms } = gin.row);
      return "gin";
    }
    if (first === 116 && isPairOf(text, at, "time")) return readSlog(at);
    return text.charCodeAt(at + 4) === 47 && text.charCodeAt(at + 7) === 47 ? readPlain(at) : "other";
  };

  const tellGin = (head: EventHead, sink: LogSink): void => {
    const { row } = gin;
    sink.event(
      httpEvent(head, {
        method: row.method,
        path: row.path,
        query: row.query,
        status: row.status,
        durationMs: row.durationMs,
        sourceIp: row.address,
        sourceTrust: "claimed",
      }),
    );
  };

  const tellSlog = (head: EventHead, sink: LogSink): void => {
    const from = messageAt;
    const line = text;
    const message = slogValue(line, from, "msg");
    if (message === null) sink.reject(rowOf(head), "broken-slog-row");
    else if (!tellOllamaLine(message, (key) => slogValue(line, from, key), head, sink)) sink.pass();
  };

  const tellPlain = (head: EventHead, sink: LogSink): void => {
    const whole = text.slice(messageAt).replace(LEVEL, "");
    const pairs = whole.indexOf(" env=");
    const message = pairs === -1 ? whole : whole.slice(0, pairs);
    if (!tellOllamaLine(message, (key) => slogValue(whole, Math.max(pairs, 0), key), head, sink)) sink.pass();
  };

  return {
    get ms() {
      return ms;
    },
    get zoneMinutes() {
      return zoneMinutes;
    },
    read(fresh) {
      text = fresh;
      kind = kindOf();
      return kind;
    },
    tell(utcMs, row, { source, observer }, sink) {
      const place = { source, line: row.line, offset: row.offset, text: row.text };
      if (kind === "gin") {
        const at = Math.round(utcMs - (gin.row.durationMs ?? 0));
        tellGin({ at, observer, product: OLLAMA, place }, sink);
      } else if (kind === "slog") tellSlog({ at: utcMs, observer, product: OLLAMA, place }, sink);
      else if (kind === "plain") tellPlain({ at: utcMs, observer, product: OLLAMA, place }, sink);
    },
  };
}

/** Index of a row's first character behind colour and the name that `docker compose logs` puts in front (`ollama-1  | `). */
export function beginning(text: string): number {
  const at = blank(text, 0);
  const first = text.charCodeAt(at);
  if (first === 91 || (first === 116 && isPairOf(text, at, "time"))) return at;
  const bar = text.slice(at, at + 80).indexOf("| ");
  return bar === -1 || !COMPOSE.test(text.slice(at, at + bar)) ? at : blank(text, at + bar + 2);
}

const COMPOSE = /^[\w.-]{1,63} *$/u;

function rowOf(head: EventHead): LogRow {
  return { line: head.place.line, offset: head.place.offset, text: head.place.text };
}
