import { withoutMark } from "../format/json-layout.ts";
import { Complaint } from "../model/complaint.ts";
import type { ByteSource } from "./packed-bytes.io.ts";

/** One line: its number from 1, and its bytes without the line end; `null` when it is longer than the cap. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array | null;
}

const LF = 10;
const CR = 13;

/**
 * The lines of a file in batches (one batch per chunk read), at most `maxLineBytes` in memory for one line.
 * Ends of line are LF or CRLF; the last line needs none; a byte order mark at the start is dropped; empty lines come as empty bytes.
 * Throws the source's {@link Complaint}, with the count of whole lines before the place where it broke.
 */
export async function* linesOf(source: ByteSource, maxLineBytes: number): AsyncGenerator<readonly Line[]> {
  const cutter = new LineCutter(maxLineBytes);
  try {
    for await (const chunk of source.chunks) yield cutter.cut(chunk);
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    const [first, ...others] = error.problems;
    if (first === undefined) throw error;
    const told = { place: first.place, message: `${first.message}, ${cutter.whole} whole lines` };
    throw new Complaint([told, ...others], error.hint, error.exitCode);
  }
  yield cutter.rest();
}

/** Cuts chunks into lines; owns the piece of a line that the last chunk left over. */
class LineCutter {
  readonly #cap: number;
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #number = 0;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** Whole lines so far. */
  get whole(): number {
    return this.#number;
  }

  cut(chunk: Uint8Array): readonly Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LF); to !== -1; to = chunk.indexOf(LF, from)) {
      this.#keep(chunk.subarray(from, to));
      lines.push(this.#take());
      from = to + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  rest(): readonly Line[] {
    return this.#pending === 0 ? [] : [this.#take()];
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pending += piece.length;
    // One byte over for the CR: a line of exactly the cap still fits.
    if (this.#pending <= this.#cap + 1) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #take(): Line {
    this.#number += 1;
    const tooLong = this.#pending > this.#cap + 1;
    const [only] = this.#pieces;
    let bytes = only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pending = 0;
    if (tooLong) return { number: this.#number, bytes: null };
    if (bytes.at(-1) === CR) bytes = bytes.subarray(0, -1);
    if (this.#number === 1) bytes = withoutMark(bytes);
    return { number: this.#number, bytes: bytes.length > this.#cap ? null : bytes };
  }
}
