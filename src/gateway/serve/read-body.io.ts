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

const NO_ROOM: Refusal = {
  status: 503,
  reason: "bodies-full",
  message: "too many large bodies are on their way; try again",
  retryAfterSeconds: 1,
};

/** Room for bodies that are on their way, of all connections of this worker: announced ones count whole from their head on. */
const MOST_HELD_BYTES = 256 * 1024 * 1024;
let heldBytes = 0;
/** A body announced as longer is read into one space from the beginning: what came in pieces need not be joined. */
const SMALL_BYTES = 64 * 1024;
/** The first space of a body whose length is not announced and that comes in pieces; it doubles. */
const FIRST_BYTES = 16 * 1024;
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
  const reader = new BodyReader(request, size, done);
  reader.begin();
  if (reader.isOver) return () => undefined;
  // One clock for all: most bodies come whole with their heads, a timer for each would cost more than the reading.
  sweep ??= setInterval(() => {
    for (const late of reading) late.look();
  }, SWEEP_MS).unref();
  reading.add(reader);
  return () => reader.leave();
}

class BodyReader implements BodyHearer {
  readonly #request: FrontRequest;
  readonly #capBytes: number;
  readonly #announcedBytes: number | null;
  readonly #done: (body: Buffer | Refusal) => void;
  readonly #startedMs = performance.now();
  /** The first piece, as long as it is the only one: most bodies come whole and are not copied. */
  #only: Buffer | null = null;
  /** Where pieces are put together: each for itself would hold all that was read with it, and chunks may be of one byte. */
  #space: Buffer | null = null;
  #bytes = 0;
  /** Of its space what counts into the room of all. */
  #held = 0;
  isOver = false;

  constructor(
    request: FrontRequest,
    { capBytes, announcedBytes }: { readonly capBytes: number; readonly announcedBytes: number | null },
    done: (body: Buffer | Refusal) => void,
  ) {
    this.#request = request;
    this.#capBytes = capBytes;
    this.#announcedBytes = announcedBytes;
    this.#done = done;
  }

  /** Hears the body, if there is room for what is announced; nothing of that is touched before it comes. */
  begin(): void {
    const bytes = this.#announcedBytes;
    if (bytes !== null && bytes > SMALL_BYTES) {
      if (!this.#hold(bytes)) return;
      this.#space = Buffer.allocUnsafeSlow(bytes);
    }
    this.#request.hear(this);
  }

  /** Counts room that is taken; where there is none the body is refused. */
  #hold(bytes: number): boolean {
    if (heldBytes - this.#held + bytes > MOST_HELD_BYTES) {
      this.#finish(NO_ROOM);
      return false;
    }
    heldBytes += bytes - this.#held;
    this.#held = bytes;
    return true;
  }

  /** Gives up a body that is late. */
  look(): void {
    if (performance.now() - this.#startedMs > BODY_MS) this.#finish(TOO_SLOW);
  }

  piece(piece: Buffer): void {
    if (this.isOver || piece.length === 0) return;
    const at = this.#bytes;
    this.#bytes += piece.length;
    if (this.#bytes > this.#capBytes) this.#finish(TOO_LARGE);
    else if (at === 0 && this.#space === null) this.#only = piece;
    else {
      const room = this.#roomFor(this.#bytes);
      if (room === null) return;
      piece.copy(room, at);
      release(piece);
    }
  }

  ended(): void {
    this.#finish(this.#only ?? this.#space?.subarray(0, this.#bytes) ?? Buffer.alloc(0));
  }

  /** The space, large enough for so many bytes, what has come in it; `null` = there is no room. */
  #roomFor(bytes: number): Buffer | null {
    const before = this.#space ?? this.#only;
    if (this.#space !== null && this.#space.length >= bytes) return this.#space;
    const doubled = Math.min(this.#capBytes, Math.max(FIRST_BYTES, 2 * bytes));
    const size = Math.max(bytes, this.#announcedBytes ?? doubled);
    if (size > SMALL_BYTES && !this.#hold(size)) return null;
    const space = Buffer.allocUnsafeSlow(size);
    this.#only = null;
    this.#space = space;
    if (before !== null) {
      before.copy(space);
      release(before);
    }
    return space;
  }

  /** It is read no more: its room is another's. */
  leave(): void {
    reading.delete(this);
    heldBytes -= this.#held;
    this.#held = 0;
  }

  #finish(result: Buffer | Refusal): void {
    if (this.isOver) return;
    this.isOver = true;
    this.leave();
    this.#request.deafen();
    this.#only = null;
    this.#space = null;
    this.#done(result);
  }
}

/** Gives back what a piece held, where it was all of what was read at once: a long body would leave as much again to the collector. */
export function release({ buffer, length }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}
