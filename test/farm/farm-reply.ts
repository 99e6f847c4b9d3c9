/** One answer of a farm server, as Go's net/http would put it on the wire. */
export interface FarmReply {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly headers?: readonly string[];
  /** Says `Connection: close` and closes. */
  readonly closes?: true;
}

/** `/api/*` bears the charset, `/v1/*` does not. */
export const JSON_UTF8 = "application/json; charset=utf-8";
export const JSON_BARE = "application/json";
export const PLAIN = "text/plain";
const PLAIN_UTF8 = "text/plain; charset=utf-8";

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  301: "Moved Permanently",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  407: "Proxy Authentication Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
/** Go sends a body without declared length in chunks once it outgrows this buffer. */
const GO_BUFFER_BYTES = 2_048;
const DATE = "Date: Sat, 10 Jan 2026 03:04:05 GMT";

/** A 200 with JSON, written as Go's encoder writes it: no spaces, no line end. */
export function jsonReply(value: unknown, contentType = JSON_UTF8): FarmReply {
  return { status: 200, contentType, body: JSON.stringify(value) };
}

/** A 200 with text. */
export function textReply(body: string, contentType = PLAIN_UTF8): FarmReply {
  return { status: 200, contentType, body };
}

export const NOT_FOUND: FarmReply = { status: 404, contentType: PLAIN, body: "404 page not found" };

/** The bytes of an answer. */
export function replyBytes(reply: FarmReply): Buffer {
  const body = Buffer.from(reply.body);
  const isChunked = body.length > GO_BUFFER_BYTES;
  const head = [
    `HTTP/1.1 ${reply.status} ${REASONS[reply.status] ?? "Other"}`,
    ...(reply.headers ?? []),
    ...(reply.contentType === null ? [] : [`Content-Type: ${reply.contentType}`]),
    DATE,
    isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`,
    ...(reply.closes === true ? ["Connection: close"] : []),
  ];
  const framed = isChunked
    ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")]
    : [body];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), ...framed]);
}
