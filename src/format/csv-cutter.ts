import { Buffer } from "node:buffer";

/** One record of a CSV file, unparsed; `null` when it is longer than the cap. */
export interface CsvPiece {
  /** Line it begins on, from 1. */
  readonly line: number;
  readonly bytes: Uint8Array | null;
  /** A quote of its first line is never closed; `bytes` is that line alone, and the lines after it are read by themselves. */
  readonly isOpen: boolean;
}

const LF = 0x0a;
const QUOTE = 0x22;

/**
 * Cuts a CSV file (RFC 4180) into records: a record ends where a line ends outside of quotes. Holds at most `cap` bytes, and a quote that
 * nobody closes costs its own line, not the rest of the file. Owns the piece that the last chunk left over.
 */
export class CsvCutter {
  readonly #cap: number;
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #quoted = false;
  /** The line is unquoted and over the cap: dropped up to its end. */
  #dropping = false;
  #line = 1;
  #from = 1;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** The records that end in this chunk. */
  cut(chunk: Uint8Array): readonly CsvPiece[] {
    const cut: CsvPiece[] = [];
    this.#read(chunk, cut);
    return cut;
  }

  /** What is left at the end of the file. */
  rest(): readonly CsvPiece[] {
    const cut: CsvPiece[] = [];
    if (this.#quoted && this.#pending > 0) this.#giveUp(cut);
    if (this.#pending > 0 || this.#dropping) cut.push(this.#take());
    return cut;
  }

  #read(chunk: Uint8Array, cut: CsvPiece[]): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE && !this.#dropping) this.#quoted = !this.#quoted;
      if (byte !== LF) continue;
      this.#line += 1;
      if (this.#quoted) continue;
      this.#keep(chunk.subarray(start, at));
      cut.push(this.#take());
      start = at + 1;
    }
    this.#keep(chunk.subarray(start));
    if (this.#quoted && this.#pending > this.#cap) this.#giveUp(cut);
    if (this.#pending > this.#cap) this.#drop();
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0 || this.#dropping) return;
    this.#pending += piece.length;
    this.#pieces.push(piece);
  }

  #drop(): void {
    this.#pieces = [];
    this.#pending = 0;
    this.#dropping = true;
  }

  #take(): CsvPiece {
    const bytes = this.#dropping || this.#pending > this.#cap ? null : Buffer.concat(this.#pieces);
    const piece = { line: this.#from, bytes, isOpen: false };
    this.#pieces = [];
    this.#pending = 0;
    this.#dropping = false;
    this.#from = this.#line;
    return piece;
  }

  /** Gives up the first line, whose quote stays open, and reads what follows it anew: that holds quotes in pairs, so this happens once. */
  #giveUp(cut: CsvPiece[]): void {
    const all = Buffer.concat(this.#pieces);
    const end = all.indexOf(LF);
    this.#quoted = false;
    this.#pieces = [];
    this.#pending = 0;
    if (end === -1 && all.length > this.#cap) {
      this.#drop();
      return;
    }
    const first = end === -1 ? all : all.subarray(0, end);
    cut.push({ line: this.#from, bytes: first.length > this.#cap ? null : first, isOpen: true });
    if (end === -1) return;
    this.#from += 1;
    this.#line = this.#from;
    this.#read(all.subarray(end + 1), cut);
  }
}
