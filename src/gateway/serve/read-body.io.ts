import type { IncomingMessage } from "node:http";
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

/** Reads a request's body into memory, up to a cap; calls `done` once. A client that leaves is told by the exchange's own end. */
export function readBody(request: IncomingMessage, capBytes: number, done: (body: Buffer | Refusal) => void): void {
  new BodyReader(request, capBytes, done).start();
}

class BodyReader {
  readonly #request: IncomingMessage;
  readonly #capBytes: number;
  readonly #done: (body: Buffer | Refusal) => void;
  #pieces: Buffer[] = [];
  #bytes = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(request: IncomingMessage, capBytes: number, done: (body: Buffer | Refusal) => void) {
    this.#request = request;
    this.#capBytes = capBytes;
    this.#done = done;
    this.#timer = setTimeout(() => this.#finish(TOO_SLOW), BODY_MS).unref();
  }

  start(): void {
    this.#request.on("data", this.#data);
    this.#request.on("end", this.#end);
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

  #finish(result: Buffer | Refusal): void {
    clearTimeout(this.#timer);
    this.#request.off("data", this.#data);
    this.#request.off("end", this.#end);
    this.#pieces = [];
    this.#done(result);
  }
}
