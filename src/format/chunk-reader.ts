import type { Buffer } from "node:buffer";
import { isFieldLine } from "./field-lines.ts";

/** A size line without extensions, which nobody needs and readers take differently. */
const SIZE_LINE = /^[0-9A-Fa-f]{1,8}$/u;
const LONGEST_SIZE_LINE = 10; // with its line end
const LONGEST_TRAILER = 4096;
/** Fields that say how a message is framed come too late in a trailer. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|upgrade|host|trailer)\s*:/iu;
const LF = 10;
const CR = 13;

/** What of a body that comes in chunks is due. */
type Phase = "size" | "bytes" | "bytes-end" | "trailer" | "done";

/** Takes chunk framing off a body as it comes, strictly: no extensions, no bare line ends; trailers are passed over. */
export class ChunkReader {
  #phase: Phase = "size";
  #line = "";
  #left = 0;
  #trailerBytes = 0;

  /** Whether the last chunk and its trailers have come. */
  get isDone(): boolean {
    return this.#phase === "done";
  }

  /**
   * Reads on in `bytes` from `at`; `take` gets each piece of the body, cut only where the chunk or `bytes` end.
   *
   * @returns Where the body ended or all of `bytes` was read; -1 for bytes that are no chunks.
   */
  read(bytes: Buffer, from: number, take: (start: number, end: number) => void): number {
    let at = from;
    while (at < bytes.length && this.#phase !== "done") {
      at = this.#phase === "bytes" ? this.#bytes(bytes, at, take) : this.#lineOf(bytes, at);
      if (at === -1) return -1;
    }
    return at;
  }

  #bytes(bytes: Buffer, at: number, take: (start: number, end: number) => void): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (this.#left === 0) this.#phase = "bytes-end";
    take(at, end);
    return end;
  }

  #lineOf(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LF, at);
    const stop = end === -1 ? bytes.length : end + 1;
    const longest = this.#phase === "trailer" ? LONGEST_TRAILER : LONGEST_SIZE_LINE;
    if (this.#line.length + stop - at > longest) return -1;
    if (end === -1) {
      this.#line += bytes.toString("latin1", at, stop);
      return stop;
    }
    const before = this.#line;
    const line = before === "" ? wholeLine(bytes, at, end) : endless(before + bytes.toString("latin1", at, stop));
    this.#line = "";
    return line !== null && this.#take(line) ? stop : -1;
  }

  #take(line: string): boolean {
    switch (this.#phase) {
      case "size":
        if (!SIZE_LINE.test(line)) return false;
        this.#left = Number.parseInt(line, 16);
        this.#phase = this.#left === 0 ? "trailer" : "bytes";
        return true;
      case "bytes-end":
        this.#phase = "size";
        return line === "";
      case "trailer":
        this.#trailerBytes += line.length;
        if (line === "") this.#phase = "done";
        return line === "" || (this.#trailerBytes <= LONGEST_TRAILER && isFieldLine(line) && !FRAMING.test(line));
      case "bytes":
      case "done":
        return false;
    }
  }
}

/** A line without its end, which is CR LF; null for another end. */
function wholeLine(bytes: Buffer, start: number, lineFeed: number): string | null {
  return lineFeed > start && bytes[lineFeed - 1] === CR ? bytes.toString("latin1", start, lineFeed - 1) : null;
}

function endless(line: string): string | null {
  return line.endsWith("\r\n") ? line.slice(0, -2) : null;
}
