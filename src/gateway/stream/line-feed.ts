/** Takes a whole line without its line feed; `start` and `end` lie in `bytes`. */
export type TakeLine = (bytes: Buffer, start: number, end: number) => void;

const LINE_FEED = 10;
/** The longest line kept when it comes in pieces: that of Ollama's own client. */
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

/**
 * Finds the lines in a stream whose chunks end anywhere. A line within one chunk is not copied. Of a longer line than 8 MiB in
 * pieces only the fact is told, by {@link LineFeed.lost}.
 */
export class LineFeed {
  /** Pieces of a line whose end has not come. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  readonly #take: TakeLine;
  /** Lines that were too long to be looked at. */
  lost = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  /** Whether every line so far has ended. */
  get whole(): boolean {
    return this.#pieceBytes === 0;
  }

  feed(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      if (this.#pieceBytes === 0) this.#take(chunk, start, end);
      else this.#join(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  /** The stream has ended: what came after the last line feed is a line too. */
  finish(): void {
    if (this.#pieceBytes > 0) this.#join(Buffer.alloc(0));
  }

  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes <= LONGEST_LINE_BYTES) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #join(last: Buffer): void {
    const bytes = this.#pieceBytes + last.length;
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#pieceBytes = 0;
    if (bytes > LONGEST_LINE_BYTES) {
      this.lost += 1;
      return;
    }
    const line = pieces.length === 0 ? last : Buffer.concat([...pieces, last], bytes);
    this.#take(line, 0, line.length);
  }
}
