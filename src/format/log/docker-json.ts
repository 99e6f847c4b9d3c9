import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { field } from "../bounded-value.ts";
import { isoTimeAt } from "./civil-time.ts";
import { dispatch } from "./dispatch.ts";
import { parsed } from "./json-kind.ts";
import { isoMs, textOf } from "./json-values.ts";

/** Docker cuts lines at 16 KiB; a line of more pieces than this is told as far as it goes. */
const MOST_JOINED = 1 << 20;
const STREAM = /^(?:stdout|stderr) [FP](?::[\w:]{1,64})? /u;

/** One piece of what a container printed. */
interface Piece {
  readonly at: number;
  readonly stream: string;
  readonly text: string;
  /** Whether a line ends here. */
  readonly isLast: boolean;
}

/** Docker's `json-file` log: `{"log":"…\n","stream":"stdout","time":"…Z"}`. */
export const DOCKER_JSON: LogGrammar = {
  id: "docker-json",
  title: "Docker container log (json-file)",
  product: "docker",
  recognise: (rows) => share(rows, dockerPiece),
  read: (setting) => readPieces(setting, dockerPiece),
};

/**
 * Log of a container in Kubernetes (CRI): `2026-01-30T10:05:11.123456789Z stdout F …`; and what `docker logs -t` and `kubectl logs
 * --timestamps` print of Ollama: a time and the row.
 */
export const CONTAINER_LOG: LogGrammar = {
  id: "container-log",
  title: "Container log of Kubernetes (CRI)",
  product: "container",
  recognise: (rows) => share(rows, containerPieces()),
  read: (setting) => readPieces(setting, containerPieces()),
};

function share(rows: readonly string[], piece: (text: string) => Piece | null): number {
  const full = rows.filter((row) => row !== "");
  return full.length === 0 ? 0 : full.filter((row) => piece(row) !== null).length / full.length;
}

function dockerPiece(text: string): Piece | null {
  if (!text.startsWith('{"') || !text.includes('"log":"') || !text.includes('"time":"')) return null;
  const object = parsed(text);
  const log = object === null ? null : field(object, "log");
  const at = object === null ? null : isoMs(textOf(object, "time", 64));
  if (object === null || typeof log !== "string" || at === null) return null;
  const isLast = log.endsWith("\n");
  return { at, stream: textOf(object, "stream", 16) ?? "", text: isLast ? log.slice(0, -1) : log, isLast };
}

/** Makes the reader of pieces of one file, which remembers whether it was printed with bare times. */
function containerPieces(): (text: string) => Piece | null {
  let isStamped = false;
  return (text) => {
    const time = isoTimeAt(text, 0);
    if (time === null || time.zoneMinutes === null) return null;
    const stream = STREAM.exec(text.slice(time.end + 1, time.end + 100))?.[0];
    if (stream === undefined) {
      isStamped ||= text.startsWith(" [GIN] ", time.end) || text.startsWith(" time=", time.end);
      return isStamped ? { at: time.ms, stream: "", text: text.slice(time.end + 1), isLast: true } : null;
    }
    const isLast = stream.startsWith("F", 7);
    return { at: time.ms, stream: stream.slice(0, 6), text: text.slice(time.end + 1 + stream.length), isLast };
  };
}

function readPieces(setting: LogSetting, pieceOf: (text: string) => Piece | null): LogReader {
  const messages = dispatch(setting);
  const begun = new Map<string, string>();

  const take = (piece: Piece, row: LogRow, sink: LogSink): void => {
    const before = begun.get(piece.stream);
    const text = before === undefined ? piece.text : before + piece.text;
    if (!piece.isLast && text.length <= MOST_JOINED) {
      begun.set(piece.stream, text);
      return sink.pass();
    }
    begun.delete(piece.stream);
    const line = text.endsWith("\r") ? text.slice(0, -1) : text;
    const envelope = { at: piece.at, observer: null, program: null, unit: null, pid: null, executable: null };
    if (line === "") sink.pass();
    else messages.message(line, envelope, row, sink);
  };

  return {
    row(row, sink) {
      if (row.text === "") return sink.pass();
      const piece = pieceOf(row.text);
      if (piece === null) sink.reject(row, "not-of-this-log");
      else take(piece, row, sink);
    },
    end: (sink) => messages.end(sink),
    zone: null,
  };
}
