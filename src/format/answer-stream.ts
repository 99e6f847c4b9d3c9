import { Buffer } from "node:buffer";
import { ChunkReader } from "./chunk-reader.ts";
import { readFieldLines } from "./field-lines.ts";
import { RecentTexts } from "./recent-texts.ts";

/** The head of an answer that is passed on. */
export interface AnswerHead {
  readonly status: number;
  /** Name, value, …, as the server wrote them. The same array for the same bytes: what is made of it may be kept by it. */
  readonly headers: readonly string[];
  /** Bytes of the body; null = it comes in chunks, or ends with the connection. */
  readonly length: number | null;
  readonly isChunked: boolean;
  /** Whether the server keeps the connection. */
  readonly keepsAlive: boolean;
}

/** Hears an answer as it comes. */
export interface AnswerHearer {
  head(head: AnswerHead): void;
  /** A piece of the body, in `bytes` from `start` to `end`; of a body in chunks never more than one chunk. */
  body(bytes: Buffer, start: number, end: number): void;
}

/** Why bytes are no answer: the connection cannot be used any more. */
export type AnswerFault = "bad-answer" | "head-too-long" | "closed-early";

const LONGEST_HEAD = 32 * 1024;
/** 1xx answers before the real one. */
const MOST_INTERIM = 8;
const END_OF_HEAD = Buffer.from("\r\n\r\n");
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\u0020-\u007e\u0080-\u00ff]*)?$/u;
const NO_BYTES = Buffer.alloc(0);

/** Answers of one route differ in little but the second of their date. */
const heads = new RecentTexts(readAnswerHead);

/** Reads one answer strictly, in pieces as they come: a head that two readers could take differently is none. */
export class AnswerStream {
  readonly #isHead: boolean;
  readonly #hearer: AnswerHearer;
  /** A head that has come in part. */
  #held = NO_BYTES;
  #head: AnswerHead | null = null;
  #left = 0;
  #chunks: ChunkReader | null = null;
  #interim = 0;
  isDone = false;

  /** @param isHead - whether the request was a HEAD: its answer has no body whatever it says. */
  constructor(isHead: boolean, hearer: AnswerHearer) {
    this.#isHead = isHead;
    this.#hearer = hearer;
  }

  /** Whether the connection may carry another request once the answer is done. */
  get keepsAlive(): boolean {
    return this.#head?.keepsAlive === true;
  }

  /** Reads on. Bytes after the answer's end are a fault: nothing else was asked. */
  read(bytes: Buffer): AnswerFault | null {
    let at = 0;
    while (at < bytes.length && this.#head === null) {
      const next = this.#takeHead(bytes, at);
      if (typeof next === "string") return next;
      at = next;
    }
    if (this.#head === null) return null;
    if (at < bytes.length && !this.isDone) at = this.#takeBody(bytes, at);
    return at === bytes.length ? null : "bad-answer";
  }

  /** The connection has ended. */
  close(): AnswerFault | null {
    if (this.isDone) return null;
    const endsSo = this.#head !== null && this.#head.length === null && !this.#head.isChunked;
    this.isDone = endsSo;
    return endsSo ? null : "closed-early";
  }

  #takeHead(bytes: Buffer, at: number): number | AnswerFault {
    if (this.#held.length === 0) {
      const end = bytes.indexOf(END_OF_HEAD, at);
      if (end !== -1) return this.#begin(bytes, at, end, end + END_OF_HEAD.length);
      this.#held = Buffer.from(bytes.subarray(at));
      return this.#held.length > LONGEST_HEAD ? "head-too-long" : bytes.length;
    }
    const before = this.#held.length;
    const all = Buffer.concat([this.#held, bytes.subarray(at)]);
    const end = all.indexOf(END_OF_HEAD, Math.max(0, before - END_OF_HEAD.length + 1));
    if (end === -1) {
      this.#held = all;
      return all.length > LONGEST_HEAD ? "head-too-long" : bytes.length;
    }
    this.#held = NO_BYTES;
    return this.#begin(all, 0, end, at + end + END_OF_HEAD.length - before);
  }

  /** @param next - where reading goes on, in the bytes that came last. */
  #begin(bytes: Buffer, start: number, end: number, next: number): number | AnswerFault {
    if (end - start > LONGEST_HEAD) return "head-too-long";
    const head = heads.of(bytes.toString("latin1", start, end));
    if (head === null) return "bad-answer";
    if (head.status < 200) {
      this.#interim += 1;
      return head.status === 101 || this.#interim > MOST_INTERIM ? "bad-answer" : next;
    }
    this.#head = head;
    const hasBody = !this.#isHead && head.status !== 204 && head.status !== 304;
    this.#left = head.length ?? 0;
    if (!hasBody || head.length === 0) this.isDone = true;
    else if (head.isChunked) this.#chunks = new ChunkReader();
    this.#hearer.head(head);
    return next;
  }

  /** @returns Where the body ended, or the end of the bytes; -1 for none. */
  #takeBody(bytes: Buffer, at: number): number {
    if (this.#chunks !== null) {
      const end = this.#chunks.read(bytes, at, (start, stop) => this.#hearer.body(bytes, start, stop));
      this.isDone = this.#chunks.isDone;
      return end;
    }
    const end = this.#head?.length === null ? bytes.length : Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (this.#head?.length !== null && this.#left === 0) this.isDone = true;
    this.#hearer.body(bytes, at, end);
    return end;
  }
}

/** Reads a head; null for what is none. An answer of HTTP/1.0 cannot come in chunks, and the connection ends with it. */
function readAnswerHead(text: string): AnswerHead | null {
  const lines = text.split("\r\n");
  const start = STATUS_LINE.exec(lines[0] ?? "");
  if (start === null) return null;
  const fields = readFieldLines(lines.slice(1));
  if (typeof fields === "string") return null;
  const isOld = start[1] === "0";
  const status = Number(start[2]);
  const { raw, length, isChunked, connection } = fields;
  // What goes before the answer ends nothing and has no body.
  if (status < 200 && (isOld || length !== null || isChunked || connection.length > 0)) return null;
  if (isChunked && (isOld || status === 204)) return null;
  const hasEnd = length !== null || isChunked || status === 204 || status === 304;
  return { status, headers: raw, length, isChunked, keepsAlive: !isOld && hasEnd && !connection.includes("close") };
}
