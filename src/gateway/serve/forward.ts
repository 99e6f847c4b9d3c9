/** A body that is held, whole or in pieces, or one that passes through as it comes. */
export type UpstreamBody = Buffer | readonly Buffer[] | AsyncIterable<Uint8Array> | null;

/** Whether a body is held in pieces. */
export function isInPieces(body: UpstreamBody): body is readonly Buffer[] {
  return Array.isArray(body);
}

/** A request as it goes upstream. */
export interface UpstreamHead {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Lower-case name, value, … without Host and framing. */
  readonly headers: readonly string[];
  /** Bytes that a body which passes through was announced with; null = not announced, or the body is held. */
  readonly bodyBytes: number | null;
}

/** Why no whole answer came. */
export type UpstreamFailure =
  { readonly kind: "unreachable" } | { readonly kind: "timeout" } | { readonly kind: "broken" };

/** Takes an answer as it comes; the calls come in this order, `ended` or `failed` last and once. */
export interface UpstreamSink {
  /** `headers` are name, value, …; the same list may come again and again. */
  begun(status: number, headers: readonly string[]): void;
  /** @returns false to hold the upstream back until {@link UpstreamCall.resume}. */
  data(chunk: Buffer): boolean;
  ended(): void;
  failed(failure: UpstreamFailure): void;
}

/** One request at work upstream. */
export interface UpstreamCall {
  resume(): void;
  /** Gives the request up: its connection is closed at once, and the sink hears nothing more. */
  abort(): void;
}

/** Sends a request upstream: over plain sockets by `raw-forward.io.ts`, over TLS by `undici-forward.io.ts`. */
export type Forward = (head: UpstreamHead, body: UpstreamBody, sink: UpstreamSink) => UpstreamCall;
