import { Buffer } from "node:buffer";

/** One JSON value of a file, uncut: the line it begins on, and its bytes; `null` when longer than the cap. */
export interface JsonPiece {
  readonly line: number;
  readonly bytes: Uint8Array | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;

/**
 * Cuts a file that is one JSON array, or JSON values one after another over many lines, into its values, without parsing them: the
 * elements of the outermost array, or the values. Holds at most `cap` bytes of one value. Owns the piece that the last chunk left over.
 */
export class JsonCutter {
  readonly #cap: number;
  #inArray = false;
  #begun = false;
  #closed = false;
  #line = 1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** First line of the value that is open; 0 when none is. */
  #from = 0;
  #pieces: Uint8Array[] = [];
  #pending = 0;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** The values that end in this chunk. */
  cut(chunk: Uint8Array): readonly JsonPiece[] {
    const cut: JsonPiece[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === LF) this.#line += 1;
      if (this.#inText) this.#readText(byte);
      else if (this.#from !== 0) {
        const ends = this.#readValue(byte);
        if (ends !== 0) {
          this.#keep(chunk.subarray(start, at + ends - 1));
          cut.push(this.#take());
        }
      } else if (this.#begins(byte)) {
        this.#from = this.#line;
        start = at;
        this.#readValue(byte);
      }
    }
    if (this.#from !== 0) this.#keep(chunk.subarray(start));
    return cut;
  }

  /** What is left at the end of the file: a value that nobody closed, or an array that nobody closed. */
  rest(): readonly JsonPiece[] {
    if (this.#from !== 0) return [this.#take()];
    return this.#inArray && !this.#closed ? [{ line: this.#line, bytes: new Uint8Array(0) }] : [];
  }

  #begins(byte: number): boolean {
    if (isSpace(byte)) return false;
    if (!this.#begun) {
      this.#begun = true;
      this.#inArray = byte === 0x5b;
      return !this.#inArray;
    }
    if (this.#inArray && !this.#closed && byte === 0x2c) return false;
    if (this.#inArray && !this.#closed && byte === 0x5d) {
      this.#closed = true;
      return false;
    }
    return true;
  }

  #readText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }

  /** 0 while the value goes on, 1 when it ended before this byte, 2 when it ends with it. */
  #readValue(byte: number): 0 | 1 | 2 {
    if (byte === QUOTE) this.#inText = true;
    else if (byte === 0x7b || byte === 0x5b) this.#depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      if (this.#depth > 0) {
        this.#depth -= 1;
        return this.#depth === 0 ? 2 : 0;
      }
      if (byte === 0x5d && this.#inArray) this.#closed = true;
      return 1;
    } else if (this.#depth === 0 && (isSpace(byte) || byte === 0x2c)) return 1;
    return 0;
  }

  #keep(piece: Uint8Array): void {
    this.#pending += piece.length;
    if (this.#pending <= this.#cap) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #take(): JsonPiece {
    const bytes = this.#pending > this.#cap ? null : Buffer.concat(this.#pieces);
    const piece = { line: this.#from, bytes };
    this.#pieces = [];
    this.#pending = 0;
    this.#from = 0;
    this.#depth = 0;
    return piece;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;
}
