import { errors, Pool } from "undici";
import type { Dispatcher } from "undici";
import { isInPieces } from "./forward.ts";
import type { UpstreamBody, UpstreamCall, UpstreamFailure, UpstreamHead, UpstreamSink } from "./forward.ts";
import type { Upstream } from "./upstream.ts";

/** A model may take minutes to load before the first byte, and think for long between two: only silence longer than this ends a call. */
const IDLE_MS = 15 * 60_000;
const CONNECT_MS = 10_000;
/** Idle connections are kept this long. */
const KEEP_MS = 30_000;

/** Opens a pool of connections to an upstream behind TLS, one request a connection at a time; the URL's path goes before every path. */
export function openUndiciUpstream({ origin, pathname }: URL): Upstream {
  const basePath = pathname === "/" ? "" : pathname;
  const pool = new Pool(origin, {
    connections: null,
    pipelining: 1,
    headersTimeout: IDLE_MS,
    bodyTimeout: IDLE_MS,
    keepAliveTimeout: KEEP_MS,
    keepAliveMaxTimeout: KEEP_MS,
    connect: { timeout: CONNECT_MS },
  });
  return {
    forward: (head, body, sink) => {
      const call = new Call(sink);
      pool.dispatch(optionsOf(head, body, basePath), call);
      return call;
    },
    close: () => pool.destroy(),
  };
}

function optionsOf(head: UpstreamHead, body: UpstreamBody, basePath: string): Dispatcher.DispatchOptions {
  const headers = [...head.headers];
  if (head.bodyBytes !== null) headers.push("content-length", String(head.bodyBytes));
  return {
    path: basePath + head.path,
    method: head.method,
    headers,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pool takes any iterable of bytes; its types name streams alone
    body: (isInPieces(body) ? Buffer.concat(body) : body) as Dispatcher.DispatchOptions["body"] & UpstreamBody,
  };
}

const NOTHING = (): void => undefined;

/** Hears one call of the pool: its handlers of raw headers, which make no object of them. */
class Call implements UpstreamCall, Dispatcher.DispatchHandler {
  readonly #sink: UpstreamSink;
  #abort: ((error?: Error) => void) | null = null;
  #resume = NOTHING;
  #gone = false;

  constructor(sink: UpstreamSink) {
    this.#sink = sink;
  }

  resume(): void {
    this.#resume();
  }

  abort(): void {
    this.#gone = true;
    this.#abort?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (this.#gone) abort();
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void): boolean {
    this.#resume = resume;
    if (status >= 200 && !this.#gone)
      this.#sink.begun(
        status,
        headers.map((text) => text.toString("latin1")),
      );
    return true;
  }

  onData(chunk: Buffer): boolean {
    return this.#gone || this.#sink.data(chunk);
  }

  onComplete(): void {
    if (!this.#gone) this.#sink.ended();
    this.#gone = true;
  }

  onError(error: Error): void {
    if (!this.#gone) this.#sink.failed(failureOf(error));
    this.#gone = true;
  }
}

function failureOf(error: Error): UpstreamFailure {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return { kind: "timeout" };
  if (error instanceof errors.ConnectTimeoutError) return { kind: "unreachable" };
  const code = "code" in error ? error.code : null;
  const unreachable = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EMFILE"];
  return { kind: typeof code === "string" && unreachable.includes(code) ? "unreachable" : "broken" };
}
