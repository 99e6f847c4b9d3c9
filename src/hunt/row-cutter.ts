import { Buffer, isAscii } from "node:buffer";
import type { LogRow } from "../model/log-grammar.ts";

const LF = 10;
const CR = 13;
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** The longest row that is kept, in bytes: what is longer is dropped while it is read, and told. */
export const LONGEST_ROW_BYTES = 1 << 20;

/** Takes what a {@link RowCutter} cuts. */
export interface RowTaker {
  row(row: LogRow): void;
  /** A row longer than the cap; its text is its first characters. */
  tooLong(row: LogRow): void;
  /** What reads rows where they stand; `null` = each is to be cut out. */
  readonly inPlace?: RowsInPlace | null;
}

/** Reads a row where it stands in a chunk: index behind its line feed; 0 = it is to be cut out. */
export type RowsInPlace = (bytes: Buffer, from: number, line: number, offset: number) => number;

/** Decoded at once: V8 keeps larger texts apart from its young ones, which costs three times as much. */
const PIECE_BYTES = 1 << 16;
const SHOWN_OF_LONG = 200;
const OPEN_OBJECT = 123;
const OPEN_LIST = 91;
const OBJECT_END = "},";

/**
 * Cuts chunks of bytes into rows with line number and byte offset; owns the piece of a row that the last chunk left over, at most `cap`
 * bytes. Whole chunks are decoded at once (UTF-8, anything else as U+FFFD): the n-th line feed of the text is the n-th of the bytes.
 */
export class RowCutter {
  readonly #cap: number;
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #line = 0;
  #offset = 0;
  #atStart = true;
  /** Whether the row that has begun looks like JSON. */
  #isJson = false;

  constructor(cap = LONGEST_ROW_BYTES) {
    this.#cap = cap;
  }

  /** Rows so far. */
  get lines(): number {
    return this.#line;
  }

  /** Bytes of the rows cut so far, with their ends. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether a row has begun that no line feed has ended. */
  get hasRest(): boolean {
    return this.#pending > 0;
  }

  /** Bytes of it, kept or not. */
  get restBytes(): number {
    return this.#pending;
  }

  /** Its words, as far as they are kept. */
  restText(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }

  cut(given: Uint8Array, taker: RowTaker): void {
    const chunk = this.#atStart ? this.#withoutMark(given) : given;
    const first = chunk.indexOf(LF);
    if (first === -1) {
      this.#keep(chunk, taker);
      return;
    }
    let from = 0;
    if (this.#pending > 0) {
      this.#keep(chunk.subarray(0, first), taker);
      this.#endPending(1, taker);
      from = first + 1;
    }
    const last = chunk.lastIndexOf(LF);
    if (last >= from) this.#whole(chunk.subarray(from, last + 1), taker);
    this.#keep(chunk.subarray(last + 1), taker);
  }

  /** The last row of a file, which needs no end. */
  rest(taker: RowTaker): void {
    if (this.#pending > 0) this.#endPending(0, taker);
  }

  /** A file begins whose bytes follow those of the last one: numbers go on, a mark at its start is dropped. */
  nextFile(): void {
    this.#atStart = true;
  }

  #withoutMark(chunk: Uint8Array): Uint8Array {
    if (chunk.length === 0) return chunk;
    this.#atStart = false;
    if (!MARK.every((byte, at) => chunk[at] === byte)) return chunk;
    this.#offset += MARK.length;
    return chunk.subarray(MARK.length);
  }

  #keep(piece: Uint8Array, taker: RowTaker): void {
    if (piece.length === 0) return;
    if (this.#pending === 0) this.#isJson = piece[0] === OPEN_OBJECT || piece[0] === OPEN_LIST;
    else if (this.#isJson && this.#pending + piece.length > this.#cap && this.#pending <= this.#cap) this.#part(taker);
    const before = this.#pending;
    this.#pending += piece.length;
    if (this.#pending <= this.#cap) this.#pieces.push(piece.slice());
    else if (before <= this.#cap) {
      const head = Buffer.concat([...this.#pieces, piece.subarray(0, SHOWN_OF_LONG)]).subarray(0, SHOWN_OF_LONG);
      this.#pieces = [Uint8Array.from(head)];
    }
  }

  /** Hands on a long row of JSON up to the end of an object: documents of a whole day stand on one row, and readers of them know parts. */
  #part(taker: RowTaker): void {
    const bytes = Buffer.concat(this.#pieces);
    const end = bytes.lastIndexOf(OBJECT_END) + OBJECT_END.length;
    if (end < OBJECT_END.length) return;
    taker.row({ line: this.#line + 1, offset: this.#offset, text: bytes.toString("utf8", 0, end) });
    this.#pieces = end === bytes.length ? [] : [bytes.subarray(end)];
    this.#pending -= end;
    this.#offset += end;
  }

  #endPending(endBytes: number, taker: RowTaker): void {
    const bytes = Buffer.concat(this.#pieces);
    const isLong = this.#pending > this.#cap;
    const text = withoutReturn(bytes.toString("utf8"));
    this.#line += 1;
    const row: LogRow = { line: this.#line, offset: this.#offset, text };
    this.#offset += this.#pending + endBytes;
    this.#pieces = [];
    this.#pending = 0;
    if (isLong) taker.tooLong(row);
    else taker.row(row);
  }

  /** Bytes that end with a line feed. */
  #whole(bytes: Uint8Array, taker: RowTaker): void {
    for (let from = 0; from < bytes.length;) {
      const rough = from + PIECE_BYTES;
      const last = rough >= bytes.length ? bytes.length - 1 : bytes.lastIndexOf(LF, rough - 1);
      const end = last < from ? bytes.indexOf(LF, rough) : last;
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset + from, end + 1 - from);
      const inPlace = taker.inPlace ?? null;
      if (inPlace === null || piece.length > this.#cap) this.#piece(piece, taker);
      else this.#inPlace(piece, inPlace, taker);
      from = end + 1;
    }
  }

  #piece(bytes: Buffer, taker: RowTaker): void {
    const text = bytes.toString("latin1");
    if (isAscii(bytes)) this.#ascii(text, taker);
    else this.#mixed(text, bytes.toString("utf8"), taker);
  }

  #inPlace(bytes: Buffer, read: RowsInPlace, taker: RowTaker): void {
    const base = this.#offset;
    let line = this.#line;
    for (let from = 0; from < bytes.length;) {
      line += 1;
      const end = read(bytes, from, line, base + from);
      if (end > from) from = end;
      else {
        const to = bytes.indexOf(LF, from);
        this.#hand({ line, offset: base + from, text: withoutReturn(bytes.toString("utf8", from, to)) }, taker);
        from = to + 1;
      }
    }
    this.#line = line;
    this.#offset = base + bytes.length;
  }

  #ascii(text: string, taker: RowTaker): void {
    const base = this.#offset;
    let line = this.#line;
    let from = 0;
    for (let to = text.indexOf("\n"); to !== -1; to = text.indexOf("\n", from)) {
      line += 1;
      const end = to > from && text.charCodeAt(to - 1) === CR ? to - 1 : to;
      this.#hand({ line, offset: base + from, text: text.slice(from, end) }, taker);
      from = to + 1;
    }
    this.#line = line;
    this.#offset = base + from;
  }

  /** `bytes` has a character for each byte: line feeds stand in it where they stand in the file. */
  #mixed(bytes: string, text: string, taker: RowTaker): void {
    let line = this.#line;
    let offset = this.#offset;
    let byte = 0;
    let from = 0;
    for (let to = text.indexOf("\n"); to !== -1; to = text.indexOf("\n", from)) {
      line += 1;
      const begin = byte;
      byte = bytes.indexOf("\n", byte) + 1;
      const end = to > from && text.charCodeAt(to - 1) === CR ? to - 1 : to;
      this.#hand({ line, offset, text: text.slice(from, end) }, taker);
      offset += byte - begin;
      from = to + 1;
    }
    this.#line = line;
    this.#offset = offset;
  }

  #hand(row: LogRow, taker: RowTaker): void {
    if (row.text.length > this.#cap) taker.tooLong({ ...row, text: row.text.slice(0, SHOWN_OF_LONG) });
    else taker.row(row);
  }
}

function withoutReturn(text: string): string {
  return text.charCodeAt(text.length - 1) === CR ? text.slice(0, -1) : text;
}
