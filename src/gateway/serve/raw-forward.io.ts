import { performance } from "node:perf_hooks";
import type { Forward, UpstreamBody, UpstreamCall, UpstreamFailure, UpstreamHead, UpstreamSink } from "./forward.ts";
import { goesInChunks, requestText } from "./request-text.ts";
import { RawConnection } from "./raw-connection.io.ts";
import type { Carried, RawPool } from "./raw-connection.io.ts";
import type { Upstream } from "./upstream.ts";

/** How often it is looked for connections that are late. */
const SWEEP_MS = 1000;

/**
 * Opens plain connections to an upstream, one request a connection at a time: heads made of checked parts, answers read by a strict parser.
 *
 * @param url - `http:`; its path goes before every path.
 */
export function openRawUpstream(url: URL): Upstream {
  const { hostname, port, host, pathname } = url;
  const pool: RawPool = {
    host: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port: port === "" ? 80 : Number(port),
    idle: [],
    all: new Set(),
  };
  const basePath = pathname === "/" ? "" : pathname;
  const sweep = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of pool.all) connection.look(nowMs);
  }, SWEEP_MS).unref();
  const forward: Forward = (head, body, sink) => {
    const call = new Call(pool, head, requestText(head, body, host, basePath), body, sink);
    call.start();
    return call;
  };
  return {
    forward,
    close: () => {
      clearInterval(sweep);
      for (const connection of pool.all) connection.end({ kind: "broken" });
      return Promise.resolve();
    },
  };
}

/** One request, on the connection that carries it; on a second one where a kept one turns out to be dead and nothing can have been done. */
class Call implements UpstreamCall, Carried {
  readonly text: string;
  readonly body: UpstreamBody;
  readonly isHead: boolean;
  readonly inChunks: boolean;
  readonly #pool: RawPool;
  readonly #sink: UpstreamSink;
  readonly #mayRepeat: boolean;
  #connection: RawConnection | null = null;
  #isOver = false;

  constructor(pool: RawPool, head: UpstreamHead, text: string, body: UpstreamBody, sink: UpstreamSink) {
    this.#pool = pool;
    this.text = text;
    this.body = body;
    this.#sink = sink;
    this.isHead = head.method === "HEAD";
    this.inChunks = goesInChunks(head, body);
    this.#mayRepeat = body === null && (head.method === "GET" || head.method === "HEAD");
  }

  start(): void {
    const connection = this.#pool.idle.pop() ?? new RawConnection(this.#pool);
    this.#connection = connection;
    connection.carry(this);
  }

  resume(): void {
    this.#connection?.resume();
  }

  abort(): void {
    this.#isOver = true;
    const connection = this.#connection;
    this.#connection = null;
    connection?.drop();
  }

  begun(status: number, headers: readonly string[]): void {
    if (!this.#isOver) this.#sink.begun(status, headers);
  }

  /** The bytes are the connection's: who gets them may keep a copy alone. */
  piece(bytes: Buffer, start: number, end: number): boolean {
    return this.#isOver || this.#sink.data(Buffer.from(bytes.subarray(start, end)));
  }

  ended(): void {
    this.#connection = null;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#sink.ended();
  }

  failed(failure: UpstreamFailure, isUnheard: boolean): void {
    this.#connection = null;
    if (this.#isOver) return;
    if (isUnheard && this.#mayRepeat) {
      this.start();
      return;
    }
    this.#isOver = true;
    this.#sink.failed(failure);
  }
}
