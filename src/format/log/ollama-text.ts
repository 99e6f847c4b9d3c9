import type { Buffer } from "node:buffer";
import type { EventPlace, HttpEvent } from "../../model/event.ts";
import type { LogRow, LogSink } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { clockMs, dayMs, digitsAt, isoTimeAt } from "./civil-time.ts";
import { blank, GinReader, type GinRow, isGinTag } from "./gin-row.ts";
import { tellOllamaLine } from "./ollama-lines.ts";
import { isPairOf, slogValue } from "./slog-pairs.ts";

/** Name of the log in events. */
export const OLLAMA = "ollama";

const LEVEL = /^(?:TRACE|DEBUG|INFO|WARN|ERROR) /u;
const FILE = /^[\w.-]{1,64}\.go:\d{1,6}: /u;
const BRACKET = 91;
const LETTER_T = 116;
const SLASH = 47;
const LONGEST_FILE = 80;
const COMPOSE = /^[\w.-]{1,63} *$/u;
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

/** Where events of this log come from. */
export interface OllamaPlace {
  readonly source: number;
  readonly observer: string | null;
}

/** Where a row stands in a chunk. */
export interface RowWhere {
  bytes: Buffer;
  from: number;
  /** Behind its line feed. */
  end: number;
  line: number;
  offset: number;
}

/** The place of an event whose row has not been cut out: its words are, when somebody asks for them. */
class RowInPlace implements EventPlace {
  readonly source: number;
  where: RowWhere;

  constructor(source: number, where: RowWhere) {
    this.source = source;
    this.where = where;
  }

  get line(): number {
    return this.where.line;
  }

  get offset(): number {
    return this.where.offset;
  }

  get text(): string {
    const { bytes, from, end } = this.where;
    return bytes.toString("utf8", from, end - 1);
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads single rows of Ollama's log; owns the row it read last. */
export class OllamaText {
  readonly #gin = new GinReader();
  #kind: OllamaRowKind = "other";
  #text = "";
  #messageAt = 0;
  #ms = 0;
  #zoneMinutes: number | null = null;
  #event: Writable<HttpEvent> | null = null;
  #place: RowInPlace | null = null;

  /** Time of the row: UTC of `slog`, the machine's own of `gin` and `plain`. */
  get ms(): number {
    return this.#ms;
  }

  /** Zone of a row of slog; `null` = it had none. */
  get zoneMinutes(): number | null {
    return this.#zoneMinutes;
  }

  /** Takes a row apart. */
  read(text: string): OllamaRowKind {
    this.#text = text;
    this.#kind = this.#kindOf(text);
    return this.#kind;
  }

  /** Reads a plain row of gin's where it stands: index behind its line feed, 0 = it is none. */
  readGinAt(bytes: Buffer, from: number): number {
    const end = this.#gin.readPlain(bytes, from);
    if (end !== 0) this.#ms = this.#gin.row.localMs;
    return end;
  }

  /** Tells the row that was read where it stands; the event and its place are used again for the next one. */
  tellGinAt(utcMs: number, where: RowWhere, { source, observer }: OllamaPlace, sink: LogSink): void {
    const { row } = this.#gin;
    const place = (this.#place ??= new RowInPlace(source, where));
    place.where = where;
    const event = (this.#event ??= ginEvent(row, utcMs, observer, place));
    event.at = Math.round(utcMs - (row.durationMs ?? 0));
    event.method = row.method;
    event.path = row.path;
    event.status = row.status;
    event.durationMs = row.durationMs;
    event.sourceIp = row.address;
    sink.event(event);
  }

  /** Tells what the row read last means; `utcMs` is its time. */
  tell(utcMs: number, row: LogRow, { source, observer }: OllamaPlace, sink: LogSink): void {
    const place = { source, line: row.line, offset: row.offset, text: row.text };
    if (this.#kind === "gin") this.#tellGin(utcMs, observer, place, sink);
    else if (this.#kind === "slog") this.#tellSlog({ at: utcMs, observer, product: OLLAMA, place }, row, sink);
    else this.#tellPlain({ at: utcMs, observer, product: OLLAMA, place }, sink);
  }

  #kindOf(text: string): OllamaRowKind {
    const at = beginning(text);
    const first = text.charCodeAt(at);
    if (first === BRACKET && isGinTag(text, at)) {
      if (!this.#gin.read(at === 0 ? text : text.slice(at))) return "broken";
      this.#ms = this.#gin.row.localMs;
      return "gin";
    }
    if (first === LETTER_T && isPairOf(text, at, "time")) return this.#readSlog(at);
    return text.charCodeAt(at + 4) === SLASH && text.charCodeAt(at + 7) === SLASH ? this.#readPlain(at) : "other";
  }

  #readSlog(at: number): OllamaRowKind {
    const time = isoTimeAt(this.#text, at + "time=".length);
    if (time === null) return "broken";
    this.#ms = time.ms;
    this.#zoneMinutes = time.zoneMinutes;
    this.#messageAt = time.end;
    return "slog";
  }

  #readPlain(at: number): OllamaRowKind {
    const text = this.#text;
    const day = dayMs(digitsAt(text, at, 4), digitsAt(text, at + 5, 2), digitsAt(text, at + 8, 2));
    const ms = day + clockMs(text, at + 11);
    const file = FILE.exec(text.slice(at + CLOCK_END + 1, at + CLOCK_END + 1 + LONGEST_FILE));
    if (Number.isNaN(ms) || file === null) return "other";
    this.#ms = ms;
    this.#messageAt = at + CLOCK_END + 1 + file[0].length;
    return "plain";
  }

  #tellGin(endMs: number, observer: string | null, place: EventPlace, sink: LogSink): void {
    sink.event(ginEvent(this.#gin.row, endMs, observer, place));
  }

  #tellSlog(head: EventHead, row: LogRow, sink: LogSink): void {
    const from = this.#messageAt;
    const text = this.#text;
    const message = slogValue(text, from, "msg");
    if (message === null) sink.reject(row, "broken-ollama-row");
    else if (!tellOllamaLine(message, (key) => slogValue(text, from, key), head, sink)) sink.pass();
  }

  #tellPlain(head: EventHead, sink: LogSink): void {
    const whole = this.#text.slice(this.#messageAt).replace(LEVEL, "");
    const pairs = whole.indexOf(" env=");
    const message = pairs === -1 ? whole : whole.slice(0, pairs);
    if (!tellOllamaLine(message, (key) => slogValue(whole, Math.max(pairs, 0), key), head, sink)) sink.pass();
  }
}

/** As `httpEvent` makes it, in one piece: this runs for every row of the largest logs. A test holds the two equal. */
function ginEvent(row: GinRow, endMs: number, observer: string | null, place: EventPlace): Writable<HttpEvent> {
  return {
    class: "http",
    at: Math.round(endMs - (row.durationMs ?? 0)),
    observer,
    product: OLLAMA,
    place,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    durationMs: row.durationMs,
    sourceIp: row.address,
    sourcePort: null,
    sourceTrust: "claimed",
    destinationIp: null,
    destinationPort: null,
    host: null,
    userAgent: null,
    origin: null,
    requestBytes: null,
    responseBytes: null,
    model: null,
    promptTokens: null,
    answerTokens: null,
    user: null,
    decision: null,
  };
}

/** Index of a row's first character behind colour and the name that `docker compose logs` puts in front (`ollama-1  | `). */
export function beginning(text: string): number {
  const at = blank(text, 0);
  const first = text.charCodeAt(at);
  if (first === BRACKET || (first === LETTER_T && isPairOf(text, at, "time"))) return at;
  const bar = text.slice(at, at + 80).indexOf("| ");
  return bar === -1 || !COMPOSE.test(text.slice(at, at + bar)) ? at : blank(text, at + bar + 2);
}
