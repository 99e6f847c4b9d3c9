import { Buffer } from "node:buffer";
import { ChunkReader } from "./chunk-reader.ts";
import { readFieldLines } from "./field-lines.ts";
import { RecentTexts } from "./recent-texts.ts";

/** The head of a request that a client sent. */
export interface RequestHead {
  readonly method: string;
  /** As written: visible characters alone. */
  readonly target: string;
  /** Whether it is of HTTP/1.0. */
  readonly isOld: boolean;
  /** Name, value, …, as written. The same array for the same bytes: what is made of it may be kept by it. */
  readonly headers: readonly string[];
  /** Bytes of the body; 0 = none, null = it comes in chunks. */
  readonly length: number | null;
  /** Whether the client wants to go on with this connection. */
  readonly keepsAlive: boolean;
  /** Whether the client waits to be told to send its body. */
  readonly waits: boolean;
}

/** Hears requests as they come. */
export interface RequestHearer {
  head(head: RequestHead): void;
  /** A piece of the body, in `bytes` from `start` to `end`. */
  body(bytes: Buffer, start: number, end: number): void;
}

/** Why bytes are no request that everybody reads alike. */
export type RequestFault = "bad-request" | "head-too-long" | "unknown-expectation";

const LONGEST_HEAD = 16 * 1024;
const END_OF_HEAD = Buffer.from("\r\n\r\n");
const REQUEST_LINE = /^([A-Z]{1,16}) ((?:\/|https?:\/\/)[!-~]{0,8192}) HTTP\/1\.([01])$/u;
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]);
const NO_BYTES = Buffer.alloc(0);
const CR = 13;
const LF = 10;
const LETTER_A = 65;
const LETTER_Z = 90;

/** Requests of one client differ in little but their length. */
const heads = new RecentTexts(readRequestHead);

/** Reads the requests of one connection strictly, one after another, in pieces as they come. */
export class RequestStream {
  readonly #hearer: RequestHearer;
  /** A head that has come in part. */
  #held = NO_BYTES;
  #isBody = false;
  #left = 0;
  #chunks: ChunkReader | null = null;
  /** Whether a request is whole: {@link next} goes on to the one after it. */
  isDone = false;

  constructor(hearer: RequestHearer) {
    this.#hearer = hearer;
  }

  /** Whether nothing of a request has come. */
  get isIdle(): boolean {
    return !this.#isBody && !this.isDone && this.#held.length === 0;
  }

  /** Goes on to the next request. */
  next(): void {
    this.isDone = false;
    this.#isBody = false;
    this.#chunks = null;
  }

  /** Reads on from a place; returns where the request or the bytes end. */
  read(bytes: Buffer, from: number): number | RequestFault {
    let at = from;
    if (!this.#isBody) {
      const next = this.#takeHead(bytes, at);
      if (typeof next === "string") return next;
      at = next;
    }
    return this.#isBody && !this.isDone && at < bytes.length ? this.#takeBody(bytes, at) : at;
  }

  #takeHead(bytes: Buffer, from: number): number | RequestFault {
    if (this.#held.length === 0) {
      const end = bytes.indexOf(END_OF_HEAD, from);
      if (end !== -1) return this.#begin(bytes, from, end, end + END_OF_HEAD.length);
      this.#held = Buffer.from(bytes.subarray(from));
      return partFault(this.#held, 0) ?? bytes.length;
    }
    const before = this.#held.length;
    const all = Buffer.concat([this.#held, bytes.subarray(from)]);
    const end = all.indexOf(END_OF_HEAD, Math.max(0, before - END_OF_HEAD.length + 1));
    if (end === -1) {
      this.#held = all;
      return partFault(all, before) ?? bytes.length;
    }
    this.#held = NO_BYTES;
    return this.#begin(all, 0, end, from + end + END_OF_HEAD.length - before);
  }

  /** @param next - where reading goes on, in the bytes that came last. */
  #begin(bytes: Buffer, start: number, end: number, next: number): number | RequestFault {
    if (end - start > LONGEST_HEAD) return "head-too-long";
    const head = heads.of(bytes.toString("latin1", start, end));
    if (typeof head === "string") return head;
    this.#isBody = true;
    this.#left = head.length ?? 0;
    if (head.length === 0) this.isDone = true;
    else if (head.length === null) this.#chunks = new ChunkReader();
    this.#hearer.head(head);
    return next;
  }

  #takeBody(bytes: Buffer, at: number): number | RequestFault {
    if (this.#chunks !== null) {
      const end = this.#chunks.read(bytes, at, (start, stop) => this.#hearer.body(bytes, start, stop));
      if (end === -1) return "bad-request";
      this.isDone = this.#chunks.isDone;
      return end;
    }
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.isDone = this.#left === 0;
    this.#hearer.body(bytes, at, end);
    return end;
  }
}

/** Whether a part of a head can become none: then nobody waits for the rest. */
function partFault(part: Buffer, from: number): RequestFault | null {
  if (part.length > LONGEST_HEAD) return "head-too-long";
  const first = part[0] ?? LETTER_A;
  if (first < LETTER_A || first > LETTER_Z) return "bad-request";
  for (let at = part.indexOf(LF, from); at !== -1; at = part.indexOf(LF, at + 1))
    if (part[at - 1] !== CR) return "bad-request";
  return null;
}

/** Reads a head: one Host at least for HTTP/1.1, which a later look at their count relies on. */
function readRequestHead(text: string): RequestHead | RequestFault {
  const lines = text.split("\r\n");
  const start = REQUEST_LINE.exec(lines[0] ?? "");
  const [, method = "", target = "", minor] = start ?? [];
  if (start === null || !METHODS.has(method)) return "bad-request";
  const fields = readFieldLines(lines.slice(1));
  if (fields === "too-many-fields") return "head-too-long";
  if (typeof fields === "string") return "bad-request";
  const { raw: headers, length, isChunked, connection } = fields;
  const isOld = minor === "0";
  if (isOld && isChunked) return "bad-request";
  const expected = valueOf(headers, "expect");
  if (expected !== null && expected.toLowerCase() !== "100-continue") return "unknown-expectation";
  return {
    method,
    target,
    isOld,
    headers,
    length: isChunked ? null : (length ?? 0),
    keepsAlive: isOld ? connection.includes("keep-alive") : !connection.includes("close"),
    waits: !isOld && expected !== null,
  };
}

function valueOf(headers: readonly string[], wanted: string): string | null {
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (headers[at]?.toLowerCase() === wanted) return headers[at + 1] ?? "";
  return null;
}
