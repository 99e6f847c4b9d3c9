import { connect } from "node:net";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { AnswerStream } from "../../format/answer-stream.ts";
import type { AnswerHead, AnswerHearer } from "../../format/answer-stream.ts";
import { isInPieces } from "./forward.ts";
import type { UpstreamBody, UpstreamFailure } from "./forward.ts";

/** A model may take minutes to load before the first byte, and think for long between two: only silence longer than this ends a call. */
const SILENT_MS = 15 * 60_000;
const CONNECT_MS = 10_000;
/** Idle connections are kept this long. */
const KEEP_MS = 30_000;
/** A body up to this size is written with its head, as one. */
const SMALL_BYTES = 16 * 1024;
/** A longer one goes in pieces, other work between: the kernel copies each in a fraction of a millisecond. */
const PIECE_BYTES = 128 * 1024;

/** Every connection reads into this one: what is read is used or copied before the next read. */
const SHARED = Buffer.allocUnsafeSlow(64 * 1024);
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EMFILE"]);

/** Where connections go, and those that there are. */
export interface RawPool {
  readonly host: string;
  readonly port: number;
  /** Those that wait for a request, the one used last at the end. */
  readonly idle: RawConnection[];
  readonly all: Set<RawConnection>;
}

/** A request that a connection carries, and who hears its answer. */
export interface Carried {
  /** The whole head. */
  readonly text: string;
  readonly body: UpstreamBody;
  readonly inChunks: boolean;
  readonly isHead: boolean;
  begun(status: number, headers: readonly string[]): void;
  /** @returns false to be held back. */
  piece(bytes: Buffer, start: number, end: number): boolean;
  ended(): void;
  /** @param isUnheard - whether a connection that had served before ended without a byte for this request. */
  failed(failure: UpstreamFailure, isUnheard: boolean): void;
}

/** A connection to the upstream: carries one request at a time, and waits for the next. */
export class RawConnection implements AnswerHearer {
  readonly #pool: RawPool;
  readonly #socket: Socket;
  #call: Carried | null = null;
  #answer: AnswerStream | null = null;
  /** When something last happened. */
  #sinceMs = performance.now();
  #isConnected = false;
  #hasServed = false;
  #isHeard = false;
  #isSent = true;
  #isPaused = false;
  /** What had been read when the answer was held back. */
  #held: Buffer[] = [];
  #isGone = false;

  constructor(pool: RawPool) {
    this.#pool = pool;
    const { host, port } = pool;
    const socket = connect({ host, port, noDelay: true, onread: { buffer: SHARED, callback: this.#read } });
    this.#socket = socket;
    socket.on("connect", this.#connected);
    socket.on("error", (error: NodeJS.ErrnoException) => this.#failed(error));
    socket.on("end", () => this.#closed());
    socket.on("close", () => this.#closed());
    pool.all.add(this);
  }

  carry(call: Carried): void {
    this.#call = call;
    this.#answer = new AnswerStream(call.isHead, this);
    this.#sinceMs = performance.now();
    this.#isHeard = false;
    this.#isSent = true;
    const { text, body } = call;
    if (body === null) this.#socket.write(text, "latin1");
    else if (isInPieces(body)) this.#feedAll(call, body);
    else if (!(body instanceof Uint8Array)) void this.#pass(call, body);
    else if (body.length <= SMALL_BYTES) this.#socket.write(text + body.toString("latin1"), "latin1");
    else this.#feedAll(call, [body]);
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#sinceMs = performance.now();
    for (let piece = this.#held.shift(); piece !== undefined; piece = this.#held.shift()) {
      if (this.#call === null) return;
      if (this.#call.piece(piece, 0, piece.length)) continue;
      this.#isPaused = true;
      return;
    }
    this.#socket.resume();
    const answer = this.#answer;
    if (answer?.isDone === true) this.#done(answer);
  }

  /** Closes it under its request, which hears nothing more. */
  drop(): void {
    this.#call = null;
    this.#leave();
  }

  /** Closes it; its request fails. */
  end(failure: UpstreamFailure): void {
    const call = this.#call;
    const isUnheard = this.#hasServed && !this.#isHeard;
    this.#call = null;
    this.#leave();
    call?.failed(failure, isUnheard);
  }

  /** Gives it up when it is late. */
  look(nowMs: number): void {
    const quietMs = nowMs - this.#sinceMs;
    if (!this.#isConnected && quietMs > CONNECT_MS) this.end({ kind: "unreachable" });
    else if (this.#call === null && quietMs > KEEP_MS) this.#leave();
    else if (!this.#isPaused && quietMs > SILENT_MS) this.end({ kind: "timeout" });
  }

  head({ status, headers }: AnswerHead): void {
    this.#call?.begun(status, headers);
  }

  body(bytes: Buffer, start: number, end: number): void {
    if (this.#isPaused) this.#held.push(Buffer.from(bytes.subarray(start, end)));
    else if (this.#call?.piece(bytes, start, end) === false) {
      this.#isPaused = true;
      this.#socket.pause();
    }
  }

  readonly #connected = (): void => {
    this.#isConnected = true;
    this.#sinceMs = performance.now();
  };

  readonly #read = (count: number): boolean => {
    this.#sinceMs = performance.now();
    const answer = this.#answer;
    // Nobody asked for anything: what comes would be taken for the next answer.
    if (answer === null) {
      this.#leave();
      return true;
    }
    this.#isHeard = true;
    const fault = answer.read(SHARED.subarray(0, count));
    if (answer !== this.#answer) return true;
    if (fault !== null) this.end({ kind: "broken" });
    else if (answer.isDone && !this.#isPaused) this.#done(answer);
    return true;
  };

  /** The answer is whole: the connection waits for another request, unless it cannot. */
  #done(answer: AnswerStream): void {
    const call = this.#call;
    this.#call = null;
    this.#answer = null;
    this.#hasServed = true;
    if (!answer.keepsAlive || !this.#isSent) this.#leave();
    else if (!this.#isGone) this.#pool.idle.push(this);
    call?.ended();
  }

  #closed(): void {
    if (this.#isGone) return;
    const answer = this.#answer;
    if (answer === null || answer.close() !== null) this.end({ kind: "broken" });
    else this.#done(answer);
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (!this.#isGone) this.end({ kind: UNREACHABLE.has(error.code ?? "") ? "unreachable" : "broken" });
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#answer = null;
    this.#held = [];
    this.#pool.all.delete(this);
    const at = this.#pool.idle.indexOf(this);
    if (at !== -1) this.#pool.idle.splice(at, 1);
    this.#socket.destroy();
  }

  /** Writes a long body piece by piece. */
  #feedAll(call: Carried, pieces: readonly Buffer[]): void {
    this.#isSent = false;
    this.#socket.write(call.text, "latin1");
    this.#feed(call, pieces, 0, 0);
  }

  #feed(call: Carried, pieces: readonly Buffer[], index: number, from: number): void {
    const piece = pieces[index];
    if (this.#call !== call || this.#isSent || piece === undefined) return;
    this.#sinceMs = performance.now();
    const end = Math.min(piece.length, from + PIECE_BYTES);
    const isEnd = end === piece.length;
    this.#isSent = isEnd && index === pieces.length - 1;
    const isRoom = this.#socket.write(piece.subarray(from, end));
    if (this.#isSent) return;
    const next = (): void => (isEnd ? this.#feed(call, pieces, index + 1, 0) : this.#feed(call, pieces, index, end));
    if (isRoom) setImmediate(next);
    else this.#socket.once("drain", next);
  }

  /** Writes a body that passes through. */
  async #pass(call: Carried, body: AsyncIterable<Uint8Array>): Promise<void> {
    this.#isSent = false;
    this.#socket.write(call.text, "latin1");
    try {
      for await (const piece of body) {
        if (this.#call !== call) return;
        this.#sinceMs = performance.now();
        if (!this.#write(piece, call.inChunks)) await drained(this.#socket);
      }
    } catch {
      // The client has left in the middle: so does the request.
      if (this.#call === call) this.end({ kind: "broken" });
      return;
    }
    if (this.#call !== call) return;
    if (call.inChunks) this.#socket.write("0\r\n\r\n", "latin1");
    this.#isSent = true;
  }

  #write(piece: Uint8Array, inChunks: boolean): boolean {
    if (piece.length === 0) return true;
    if (!inChunks) return this.#socket.write(piece);
    this.#socket.cork();
    this.#socket.write(`${piece.length.toString(16)}\r\n`, "latin1");
    this.#socket.write(piece);
    const isRoom = this.#socket.write("\r\n", "latin1");
    this.#socket.uncork();
    return isRoom;
  }
}

/** Resolves when there is room again, or the connection has ended. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
