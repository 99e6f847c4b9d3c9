import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { Refusal } from "../refusal.ts";

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

/** Reads a request's body into memory, up to a cap; calls `done` once. A client that leaves is told by the exchange's own end. */
export function readBody(request: IncomingMessage, capBytes: number, done: (body: Buffer | Refusal) => void): void {
  // One clock for all: most bodies come whole with their heads, a timer for each would cost more than the reading.
  sweep ??= setInterval(() => {
    for (const reader of reading) reader.look();
  }, SWEEP_MS).unref();
  new BodyReader(request, capBytes, done).start();
}

class BodyReader {
  readonly #request: IncomingMessage;
  readonly #capBytes: number;
  readonly #done: (body: Buffer | Refusal) => void;
  readonly #startedMs = performance.now();
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(request: IncomingMessage, capBytes: number, done: (body: Buffer | Refusal) => void) {
    this.#request = request;
    this.#capBytes = capBytes;
    this.#done = done;
  }

  start(): void {
    reading.add(this);
    this.#request.on("data", this.#data);
    this.#request.on("end", this.#end);
    this.#request.on("close", this.#gone);
  }

  /** Gives up a body that is late. */
  look(): void {
    if (performance.now() - this.#startedMs > BODY_MS) this.#finish(TOO_SLOW);
  }

  readonly #data = (piece: Buffer): void => {
    this.#bytes += piece.length;
    if (this.#bytes > this.#capBytes) this.#finish(TOO_LARGE);
    else this.#pieces.push(piece);
  };

  readonly #end = (): void => {
    const [only, ...more] = this.#pieces;
    this.#finish(only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces, this.#bytes));
  };

  readonly #gone = (): void => void reading.delete(this);

  #finish(result: Buffer | Refusal): void {
    reading.delete(this);
    this.#request.off("data", this.#data);
    this.#request.off("end", this.#end);
    this.#request.off("close", this.#gone);
    this.#pieces = [];
    this.#done(result);
  }
}
