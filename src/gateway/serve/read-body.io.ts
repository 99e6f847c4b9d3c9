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

/** How often it is looked for bodies that are late. */
const SWEEP_MS = 5000;
const reading = new Set<BodyReader>();
let sweep: NodeJS.Timeout | null = null;

/**
 * Reads a request's body into memory, up to a cap; calls `done` once, at once where the whole body came with its head. A client that
 * leaves is told by the exchange's own end.
 *
 * @returns Ends the reading early.
 */
export function readBody(request: FrontRequest, capBytes: number, done: (body: Buffer | Refusal) => void): () => void {
  const reader = new BodyReader(request, capBytes, done);
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
  #bytes = 0;
  isOver = false;

  constructor(request: FrontRequest, capBytes: number, done: (body: Buffer | Refusal) => void) {
    this.#request = request;
    this.#capBytes = capBytes;
    this.#done = done;
  }

  /** Gives up a body that is late. */
  look(): void {
    if (performance.now() - this.#startedMs > BODY_MS) this.#finish(TOO_SLOW);
  }

  piece(piece: Buffer): void {
    if (this.isOver) return;
    this.#bytes += piece.length;
    if (this.#bytes > this.#capBytes) this.#finish(TOO_LARGE);
    else this.#pieces.push(piece);
  }

  ended(): void {
    const [only, ...more] = this.#pieces;
    this.#finish(only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces, this.#bytes));
  }

  #finish(result: Buffer | Refusal): void {
    if (this.isOver) return;
    this.isOver = true;
    reading.delete(this);
    this.#request.deafen();
    this.#pieces = [];
    this.#done(result);
  }
}
