import { performance } from "node:perf_hooks";
import type { Refusal } from "../refusal.ts";
import type { BodyHearer, FrontRequest } from "./front-request.io.ts";

/** A body that is not here by then is given up: a client that drips holds nothing for ever. */
const BODY_MS = 60_000;
/** A body beyond what the role may send, or announced as such. */
export const TOO_LARGE: Refusal = {
  status: 413,
  reason: "body-too-large",
  message: "the request body is larger than this key may send",
};
const TOO_SLOW: Refusal = { status: 408, reason: "body-too-slow", message: "the request body did not come in time" };

/** A body announced as longer is read into one space from the beginning: what came in pieces need not be joined. */
const SMALL_BYTES = 64 * 1024;
/** How often it is looked for bodies that are late. */
const SWEEP_MS = 5000;
const reading = new Set<BodyReader>();
let sweep: NodeJS.Timeout | null = null;

/**
 * Reads a request's body into memory, up to a cap; calls `done` once, at once where the whole body came with its head. A client that
 * leaves is told by the exchange's own end.
 *
 * @param size - `announcedBytes` is within the cap, and what will come if all comes; null = not announced.
 * @returns Ends the reading early.
 */
export function readBody(
  request: FrontRequest,
  size: { readonly capBytes: number; readonly announcedBytes: number | null },
  done: (body: Buffer | Refusal) => void,
): () => void {
  const reader = new BodyReader(request, size.capBytes, done);
  if (size.announcedBytes !== null && size.announcedBytes > SMALL_BYTES) reader.expect(size.announcedBytes);
  request.hear(reader);
  if (reader.isOver) return () => undefined;
  // One clock for all: most bodies come whole with their heads, a timer for each would cost more than the reading.
  sweep ??= setInterval(() => {
    for (const late of reading) late.look();
  }, SWEEP_MS).unref();
  reading.add(reader);
  return () => void reading.delete(reader);
}

class BodyReader implements BodyHearer {
  readonly #request: FrontRequest;
  readonly #capBytes: number;
  readonly #done: (body: Buffer | Refusal) => void;
  readonly #startedMs = performance.now();
  #pieces: Buffer[] = [];
  #space: Buffer | null = null;
  #bytes = 0;
  isOver = false;

  constructor(request: FrontRequest, capBytes: number, done: (body: Buffer | Refusal) => void) {
    this.#request = request;
    this.#capBytes = capBytes;
    this.#done = done;
  }

  /** Makes room for a body of so many bytes; nothing of it is touched before it comes. */
  expect(bytes: number): void {
    this.#space = Buffer.allocUnsafeSlow(bytes);
  }

  /** Gives up a body that is late. */
  look(): void {
    if (performance.now() - this.#startedMs > BODY_MS) this.#finish(TOO_SLOW);
  }

  piece(piece: Buffer): void {
    if (this.isOver) return;
    const at = this.#bytes;
    this.#bytes += piece.length;
    if (this.#bytes > this.#capBytes) this.#finish(TOO_LARGE);
    else if (this.#space === null) this.#pieces.push(piece);
    else {
      piece.copy(this.#space, at);
      release(piece);
    }
  }

  ended(): void {
    if (this.#space !== null) {
      this.#finish(this.#space.subarray(0, this.#bytes));
      return;
    }
    const [only, ...more] = this.#pieces;
    this.#finish(only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces, this.#bytes));
  }

  #finish(result: Buffer | Refusal): void {
    if (this.isOver) return;
    this.isOver = true;
    reading.delete(this);
    this.#request.deafen();
    this.#pieces = [];
    this.#space = null;
    this.#done(result);
  }
}

/** Gives back what a piece held, where it was all of what was read at once: a long body would leave as much again to the collector. */
function release({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}
