import { Buffer } from "node:buffer";
import type { Failure } from "../model/failure.ts";
import { appendBytes, clearBytes, storedBytes } from "./byte-store.ts";
import type { ByteStore } from "./byte-store.ts";
import { readHead } from "./http-head.ts";
import type { Head } from "./http-head.ts";

/** One whole answer. */
export interface HttpAnswer {
  readonly head: Head;
  /** Body without chunk framing; a view that is valid only until the callback returns. */
  readonly body: Buffer;
  /** Bytes on the wire, header included. */
  readonly bytes: number;
  /** The body was longer than its cap and is only the beginning; nothing after it can be read. */
  readonly truncated: boolean;
}

/** What the reader asks of whoever sent the requests. */
export interface AnswerNeeds {
  /** Requests sent and not answered yet; an answer beyond them was never asked for. */
  outstanding(): number;
  /** Body bytes allowed for the answer now due. */
  bodyCap(): number;
  /** Whether the beginning of a longer body is welcome; else it is `body-too-large`. */
  takesBeginning(head: Head): boolean;
  /** Takes an answer; `false` stops reading for good. */
  onAnswer(answer: HttpAnswer): boolean;
}

export const MAX_HEADER_BYTES = 16_384;
/** 1xx answers tolerated before one real answer. */
const MAX_INTERIM = 4;
/** A chunk's size line with its extensions. */
const MAX_SIZE_LINE = 256;
/** Wire bytes a chunked answer may take for each byte of the body cap. */
const MAX_FRAMING_RATIO = 8;

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const PREFIX = Buffer.from("HTTP/1.");
const SIZE_LINE = /^([0-9A-Fa-f]{1,8})(?:[\t ]*;.*)?$/u;
const LF = 10;

type Phase = "head" | "length" | "until-close" | "chunk-size" | "chunk-data" | "chunk-end" | "trailer" | "done";

/** Reads the answers of one connection, in pieces as they come, several in a row when pipelined. */
export interface AnswerReader extends ByteStore {
  readonly needs: AnswerNeeds;
  phase: Phase;
  head: Head | null;
  /** Body or chunk bytes still to come. */
  left: number;
  /** Bytes of the answer under way. */
  bytes: number;
  interim: number;
  line: string;
  trailerBytes: number;
  /** Only `left` more bytes of a longer body are taken. */
  cut: boolean;
}

/** Starts reading one connection. */
export function createAnswerReader(needs: AnswerNeeds): AnswerReader {
  return {
    needs,
    buffer: null,
    length: 0,
    phase: "head",
    head: null,
    left: 0,
    bytes: 0,
    interim: 0,
    line: "",
    trailerBytes: 0,
    cut: false,
  };
}

/** Reads bytes as they come. @returns A failure that ends the connection, or null. */
export function readBytes(reader: AnswerReader, chunk: Buffer): Failure | null {
  let at = 0;
  while (at < chunk.length && reader.phase !== "done") {
    const next = step(reader, chunk, at);
    if (typeof next === "string") return next;
    at = next;
  }
  return null;
}

/** The other side closed. @returns `closed-early` inside an answer; null between answers and after a body that ends so. */
export function endBytes(reader: AnswerReader): Failure | null {
  if (reader.phase === "until-close") return finish(reader, storedBytes(reader), 0);
  return reader.bytes === 0 || reader.phase === "done" ? null : "closed-early";
}

/** Takes one step inside the chunk; returns where the next one begins. */
function step(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  switch (state.phase) {
    case "head":
      return takeHead(state, chunk, at);
    case "length":
      return takeLength(state, chunk, at);
    case "until-close":
      return takeUntilClose(state, chunk, at);
    case "chunk-size":
    case "chunk-end":
    case "trailer":
      return takeLine(state, chunk, at);
    case "chunk-data":
      return takeChunkData(state, chunk, at);
    case "done":
      return chunk.length;
  }
}

function takeHead(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  if (state.bytes === 0 && state.needs.outstanding() === 0) return "bad-http";
  const held = state.length;
  if (held === 0) {
    const found = chunk.indexOf(END_OF_HEAD, at);
    if (found >= 0 && found - at <= MAX_HEADER_BYTES) {
      state.bytes += found + 4 - at;
      return beginBody(state, chunk.toString("latin1", at, found), found + 4, chunk.length);
    }
  }
  const taken = Math.min(chunk.length, at + MAX_HEADER_BYTES + END_OF_HEAD.length - held);
  appendBytes(state, chunk, at, taken);
  state.bytes += taken - at;
  const stored = storedBytes(state);
  if (!startsLikeHttp(stored)) return "bad-http";
  const found = stored.indexOf(END_OF_HEAD, Math.max(0, held - END_OF_HEAD.length + 1));
  if (found < 0) return state.length > MAX_HEADER_BYTES ? "header-too-large" : taken;
  const next = at + found + END_OF_HEAD.length - held;
  state.bytes -= taken - next;
  const text = stored.toString("latin1", 0, found);
  clearBytes(state);
  return beginBody(state, text, next, chunk.length);
}

function startsLikeHttp(stored: Buffer): boolean {
  const compared = Math.min(stored.length, PREFIX.length);
  return stored.compare(PREFIX, 0, compared, 0, compared) === 0;
}

const MAX_RECENT = 256;
const MAX_RECENT_LENGTH = 512;
const recent = new Map<string, Head | Failure>();

/** `readHead`, remembering heads: those of one route differ between servers in little but the second of their date. */
function recentHead(text: string): Head | Failure {
  if (text.length > MAX_RECENT_LENGTH) return readHead(text);
  const known = recent.get(text);
  if (known !== undefined) return known;
  if (recent.size >= MAX_RECENT) recent.clear();
  const head = readHead(text);
  recent.set(text, head);
  return head;
}

function beginBody(state: AnswerReader, text: string, next: number, available: number): number | Failure {
  const head = recentHead(text);
  if (typeof head === "string") return head;
  if (head.status < 200) return takeInterim(state, head.status, next);
  state.head = head;
  switch (head.framing) {
    case "length":
      if (head.length === 0) return finish(state, Buffer.alloc(0), available - next) ?? next;
      state.phase = "length";
      return cutTo(state, head.length, state.needs.bodyCap()) ?? next;
    case "chunked":
      state.phase = "chunk-size";
      return next;
    case "until-close":
      state.phase = "until-close";
      return next;
  }
}

/** Lets `wanted` more body bytes come, or as many as there is room for when a beginning is welcome. */
function cutTo(state: AnswerReader, wanted: number, room: number): Failure | null {
  state.cut = wanted > room;
  state.left = Math.min(wanted, room);
  const isWelcome = state.head !== null && state.needs.takesBeginning(state.head);
  return state.cut && !isWelcome ? "body-too-large" : null;
}

function takeInterim(state: AnswerReader, status: number, next: number): number | Failure {
  state.interim += 1;
  return status === 101 || state.interim > MAX_INTERIM ? "bad-http" : next;
}

function takeLength(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  const taken = Math.min(chunk.length, at + state.left);
  state.left -= taken - at;
  state.bytes += taken - at;
  if (state.left === 0 && state.length === 0) {
    return finish(state, chunk.subarray(at, taken), chunk.length - taken) ?? taken;
  }
  appendBytes(state, chunk, at, taken);
  if (state.left > 0) return taken;
  return finish(state, storedBytes(state), chunk.length - taken) ?? taken;
}

function takeUntilClose(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  const failure = cutTo(state, chunk.length - at, state.needs.bodyCap() - state.length);
  if (failure !== null) return failure;
  appendBytes(state, chunk, at, at + state.left);
  state.bytes += chunk.length - at;
  return (state.cut ? finish(state, storedBytes(state), 0) : null) ?? chunk.length;
}

function takeChunkData(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  const taken = Math.min(chunk.length, at + state.left);
  appendBytes(state, chunk, at, taken);
  state.left -= taken - at;
  state.bytes += taken - at;
  if (state.left > 0) return taken;
  state.phase = "chunk-end";
  return (state.cut ? finish(state, storedBytes(state), 0) : null) ?? taken;
}

/** Size lines, the line end after a chunk, and trailer lines: all short lines that may come split. */
function takeLine(state: AnswerReader, chunk: Buffer, at: number): number | Failure {
  const found = chunk.indexOf(LF, at);
  const taken = found < 0 ? chunk.length : found + 1;
  if (state.line.length + taken - at > MAX_SIZE_LINE)
    return state.phase === "trailer" ? "header-too-large" : "bad-http";
  state.line += chunk.toString("latin1", at, taken);
  state.bytes += taken - at;
  if (state.bytes > MAX_FRAMING_RATIO * state.needs.bodyCap() + MAX_HEADER_BYTES) return "body-too-large";
  if (found < 0) return taken;
  if (!state.line.endsWith("\r\n")) return "bad-http";
  const line = state.line.slice(0, -2);
  state.line = "";
  return takeWholeLine(state, line, chunk.length - taken) ?? taken;
}

function takeWholeLine(state: AnswerReader, line: string, rest: number): Failure | null {
  if (state.phase === "chunk-end") {
    state.phase = "chunk-size";
    return line === "" ? null : "bad-length";
  }
  if (state.phase === "trailer") {
    if (line === "") return finish(state, storedBytes(state), rest);
    state.trailerBytes += line.length;
    return state.trailerBytes > MAX_HEADER_BYTES ? "header-too-large" : null;
  }
  const size = SIZE_LINE.exec(line);
  if (size === null) return "bad-http";
  const wanted = Number.parseInt(size[1] ?? "0", 16);
  state.phase = wanted === 0 ? "trailer" : "chunk-data";
  const failure = cutTo(state, wanted, state.needs.bodyCap() - state.length);
  if (failure !== null || state.left > 0 || !state.cut) return failure;
  return finish(state, storedBytes(state), 0);
}

/** Hands over a whole answer. Bytes left over although nothing else was asked mean that the length was wrong. */
function finish(state: AnswerReader, body: Buffer, rest: number): Failure | null {
  const head = state.head;
  if (head === null) return "bad-http";
  const truncated = state.cut;
  if (rest > 0 && !truncated && state.needs.outstanding() <= 1) return "bad-length";
  const goesOn = state.needs.onAnswer({ head, body, bytes: state.bytes, truncated });
  clearBytes(state);
  state.head = null;
  state.bytes = 0;
  state.interim = 0;
  state.trailerBytes = 0;
  state.cut = false;
  state.phase = goesOn && !truncated && head.framing !== "until-close" ? "head" : "done";
  return null;
}
