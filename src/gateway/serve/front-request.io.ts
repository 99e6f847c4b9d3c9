import type { RequestHead } from "../../format/request-stream.ts";
import type { Caller } from "./desk.ts";

/** Bytes of a body that wait for whoever reads it. */
const MOST_WAITING_BYTES = 128 * 1024;
/** What a piece costs besides its bytes: chunks may be of one byte. */
const PIECE_BYTES = 128;

/** Takes a body as it comes. */
export interface BodyHearer {
  piece(bytes: Buffer): void;
  ended(): void;
}

/** The connection behind a request, as far as its body is concerned. */
export interface BodySource {
  pause(): void;
  resume(): void;
}

/** A request whose head has come; its body comes, is heard or waits. */
export class FrontRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly waits: boolean;
  readonly #source: BodySource;
  readonly #callerOf: (forwardedFor: string | null) => Caller;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isPaused = false;
  #hearer: BodyHearer | null = null;
  #wake: (() => void) | null = null;
  #isGone = false;
  /** Whether all of the body has come. */
  complete = false;

  constructor(head: RequestHead, source: BodySource, callerOf: (forwardedFor: string | null) => Caller) {
    this.method = head.method;
    this.url = head.target;
    this.rawHeaders = head.headers;
    this.waits = head.waits;
    this.#source = source;
    this.#callerOf = callerOf;
  }

  /** Who asks, by the connection and, from a named proxy, its word. */
  caller(forwardedFor: string | null): Caller {
    return this.#callerOf(forwardedFor);
  }

  /** Hears the body from its beginning. */
  hear(hearer: BodyHearer): void {
    this.#hearer = hearer;
    for (const piece of this.#taken()) this.take(piece);
    if (this.complete) hearer.ended();
  }

  /** Hears no more; what still comes is dropped. */
  deafen(): void {
    this.#hearer = { piece: () => undefined, ended: () => undefined };
  }

  /** The body piece by piece; throws when the client leaves in the middle. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* this.#taken();
      if (this.#waiting.length > 0) continue;
      if (this.complete) return;
      if (this.#isGone) throw new Error("the client has left");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** A piece has come; the bytes are this request's. */
  take(piece: Buffer): void {
    if (this.#hearer !== null) {
      this.#hearer.piece(piece);
      return;
    }
    this.#waiting.push(piece);
    this.#waitingBytes += piece.length + PIECE_BYTES;
    if (this.#waitingBytes > MOST_WAITING_BYTES && !this.#isPaused) {
      this.#isPaused = true;
      this.#source.pause();
    }
    this.#wake?.();
  }

  /** The last piece has come. */
  end(): void {
    this.complete = true;
    this.#hearer?.ended();
    this.#wake?.();
  }

  /** The connection has ended. */
  gone(): void {
    this.#isGone = true;
    this.#wake?.();
  }

  #taken(): readonly Buffer[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#source.resume();
    }
    return waiting;
  }
}
