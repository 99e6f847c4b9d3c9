import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { RequestStream } from "../../format/request-stream.ts";
import type { RequestHead, RequestHearer } from "../../format/request-stream.ts";
import { callerOf } from "./caller.ts";
import type { Caller, Desk } from "./desk.ts";
import { Exchange } from "./exchange.io.ts";
import { FrontRequest } from "./front-request.io.ts";
import type { BodySource } from "./front-request.io.ts";
import { FrontResponse } from "./front-response.io.ts";
import { closeLingering } from "./linger.io.ts";
import type { UnreadFault } from "./unread-row.ts";

/** Heads that are not whole by then are given up; bodies have a deadline of their own. */
const HEAD_MS = 20_000;
/** How long a connection waits for another request. */
const KEEP_ALIVE_MS = 75_000;
const KEEP_ALIVE = `Connection: keep-alive\r\nKeep-Alive: timeout=${KEEP_ALIVE_MS / 1000}\r\n`;
/** Bytes of later requests that are kept while one is at work. */
const MOST_AHEAD_BYTES = 64 * 1024;
/** Bytes of one read at most. Node reads on as long as there are as many, up to 32 times; others are served first here. */
const FULL_READ_BYTES = 64 * 1024;

const FAULTS: Readonly<Record<UnreadFault, string>> = {
  "bad-request": "400 Bad Request",
  "head-too-long": "431 Request Header Fields Too Large",
  "unknown-expectation": "417 Expectation Failed",
  late: "408 Request Timeout",
};

/** What a connection needs of its door. */
export interface DoorSide {
  readonly desk: Desk;
  readonly isDraining: boolean;
  /** A request begins (1) or is over (-1). */
  count(change: 1 | -1): void;
  left(connection: FrontConnection): void;
}

/** A client's connection: reads its requests one after another, and begins the next when the one before is answered. */
export class FrontConnection implements RequestHearer, BodySource {
  readonly #socket: Socket;
  readonly #door: DoorSide;
  readonly #stream: RequestStream;
  #request: FrontRequest | null = null;
  #response: FrontResponse | null = null;
  #head: RequestHead | null = null;
  #caller: Caller | null = null;
  /** What came of later requests. */
  #ahead: Buffer | null = null;
  /** Since when it waits for a request, or for the rest of a head. */
  #sinceMs = performance.now();
  #isPausedAhead = false;
  /** Bytes that were read since others were served: TLS gives a full read in pieces. */
  #sinceYield = 0;
  /** For how many reasons nothing is read. */
  #pauses = 0;

  constructor(socket: Socket, door: DoorSide) {
    this.#socket = socket;
    this.#door = door;
    this.#stream = new RequestStream(this);
    socket.on("data", (bytes: Buffer) => this.#read(bytes));
    socket.on("drain", () => this.#response?.drained());
    socket.on("error", () => socket.destroy());
    // Half a connection is of no use: whoever says no more is taken to have left.
    socket.on("end", () => socket.destroy());
    socket.on("close", () => this.#closed());
  }

  get isBusy(): boolean {
    return this.#response !== null;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Gives it up when it is late. */
  look(nowMs: number): void {
    if (this.#response !== null) {
      if (this.#response.isGivenUp(nowMs)) this.#socket.destroy();
      return;
    }
    const quietMs = nowMs - this.#sinceMs;
    if (this.#stream.isIdle) {
      if (quietMs > KEEP_ALIVE_MS) this.#socket.destroy();
    } else if (quietMs > HEAD_MS) this.#refuse("late");
  }

  head(head: RequestHead): void {
    this.#head = head;
    this.#request = new FrontRequest(head, this, (forwardedFor) => this.#callerOf(forwardedFor));
  }

  body(bytes: Buffer, start: number, end: number): void {
    this.#request?.take(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end));
  }

  pause(): void {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#socket.pause();
  }

  resume(): void {
    this.#pauses -= 1;
    if (this.#pauses === 0) this.#socket.resume();
  }

  #yield(): void {
    this.#sinceYield = 0;
    this.pause();
    setImmediate(() => this.resume());
  }

  #callerOf(forwardedFor: string | null): Caller {
    const { proxies } = this.#door.desk;
    if (proxies !== null) return callerOf(this.#socket, forwardedFor, proxies);
    return (this.#caller ??= callerOf(this.#socket, null, null));
  }

  #read(bytes: Buffer): void {
    this.#sinceYield += bytes.length;
    if (this.#sinceYield >= FULL_READ_BYTES) this.#yield();
    if (this.#stream.isDone) {
      this.#keep(bytes);
      return;
    }
    if (this.#stream.isIdle) this.#sinceMs = performance.now();
    const at = this.#stream.read(bytes, 0);
    if (typeof at === "string") {
      this.#refuse(at);
      return;
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at));
    this.#endBody();
    if (this.#head !== null) this.#begin(this.#head);
  }

  #endBody(): void {
    if (this.#stream.isDone) this.#request?.end();
  }

  /** Begins a request whose head has come, and of its body what came with it. */
  #begin(head: RequestHead): void {
    const request = this.#request;
    this.#head = null;
    if (request === null) return;
    const { method, isOld, keepsAlive } = head;
    const response = new FrontResponse(
      this.#socket,
      { isHead: method === "HEAD", isOld, keepsAlive: keepsAlive && !this.#door.isDraining },
      KEEP_ALIVE,
      () => this.#answered(),
    );
    this.#response = response;
    this.#door.count(1);
    new Exchange(this.#door.desk, request, response).start();
  }

  /** The answer is out: goes on with the next request, or ends the connection. */
  #answered(): void {
    const { shouldKeepAlive } = this.#response ?? { shouldKeepAlive: false };
    this.#over();
    this.#sinceMs = performance.now();
    if (!this.#stream.isDone) {
      closeLingering(this.#socket);
      return;
    }
    if (!shouldKeepAlive) {
      this.#socket.destroySoon();
      return;
    }
    this.#stream.next();
    const ahead = this.#ahead;
    this.#ahead = null;
    if (this.#isPausedAhead) {
      this.#isPausedAhead = false;
      this.resume();
    }
    if (ahead !== null) this.#read(ahead);
  }

  #over(): void {
    if (this.#response !== null) this.#door.count(-1);
    this.#request = null;
    this.#response = null;
  }

  #keep(bytes: Buffer): void {
    this.#ahead = this.#ahead === null ? bytes : Buffer.concat([this.#ahead, bytes]);
    if (this.#ahead.length <= MOST_AHEAD_BYTES || this.#isPausedAhead) return;
    this.#isPausedAhead = true;
    this.pause();
  }

  /** Bytes that are no request: an answer is given where none is under way, and the connection ends. */
  #refuse(fault: UnreadFault): void {
    // Its last answer is out, nothing is read any more.
    if (this.#socket.writableEnded) {
      this.#socket.destroy();
      return;
    }
    this.#door.desk.unread(this.#callerOf(null).address, fault);
    if (this.#response === null && this.#socket.writable) {
      this.#socket.write(`HTTP/1.1 ${FAULTS[fault]}\r\nConnection: close\r\n\r\n`, "latin1");
      this.#sinceMs = performance.now();
      closeLingering(this.#socket);
    } else this.#socket.destroy();
  }

  #closed(): void {
    this.#door.left(this);
    this.#request?.gone();
    const response = this.#response;
    this.#over();
    response?.closed();
  }
}
