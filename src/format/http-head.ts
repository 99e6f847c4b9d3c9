import type { Failure } from "../model/failure.ts";

/** Where an answer's body ends (RFC 9112, 6.3). */
export type Framing = "length" | "chunked" | "until-close";

/** Status line and the few header fields that a look needs. */
export interface Head {
  readonly status: number;
  readonly framing: Framing;
  /** Body bytes when `framing` is `length`; 0 else. */
  readonly length: number;
  /** Whether the server says that the connection goes on. */
  readonly keepAlive: boolean;
  readonly contentType: string | null;
  readonly server: string | null;
  /** The fields of {@link KEPT_FIELDS} that came, by lower-case name; several of one name are joined by `, `. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Fields that tell products or decoys apart; all others are dropped as they come. */
const KEPT_FIELDS: ReadonlySet<string> = new Set([
  "content-type",
  "server",
  "x-powered-by",
  "location",
  "x-version",
  "x-env",
  "vary",
  "chroma-trace-id",
  "www-authenticate",
  "access-control-allow-origin",
]);
const LONGEST_KEPT = 256;

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\u0020-\u007e\u0080-\u00ff]*)?$/u;
const FIELD_LINE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\u0020-\u007e\u0080-\u00ff]*$/u;
const LENGTH = /^\d{1,15}$/u;

interface Fields {
  length: string | null;
  transfer: string | null;
  encoding: string | null;
  connection: string | null;
  contentType: string | null;
  server: string | null;
  kept: Record<string, string>;
}

/**
 * Reads the header of an answer strictly: no folding, no bare line ends, no control characters.
 *
 * @param text - Latin-1 text without the empty line that ends it; the caller caps its length.
 * @returns The head, or `bad-http`, `bad-length` (twice, not a number, against Transfer-Encoding), `encoded`.
 */
export function readHead(text: string): Head | Failure {
  const lines = text.split("\r\n");
  const start = STATUS_LINE.exec(lines[0] ?? "");
  if (start === null) return "bad-http";
  const fields = readFields(lines);
  if (typeof fields === "string") return fields;
  if (fields.encoding !== null && fields.encoding !== "identity" && fields.encoding !== "") return "encoded";
  return frame(Number(start[2]), start[1] === "1", fields);
}

function readFields(lines: readonly string[]): Fields | Failure {
  const fields: Fields = {
    length: null,
    transfer: null,
    encoding: null,
    connection: null,
    contentType: null,
    server: null,
    kept: {},
  };
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (!FIELD_LINE.test(line)) return "bad-http";
    const failure = takeField(fields, line, line.indexOf(":"));
    if (failure !== null) return failure;
  }
  return fields;
}

function takeField(fields: Fields, line: string, colon: number): Failure | null {
  const name = line.slice(0, colon).toLowerCase();
  if (KEPT_FIELDS.has(name)) keep(fields.kept, name, line.slice(colon + 1).trim());
  if (name === "content-length") {
    if (fields.length !== null) return "bad-length";
    fields.length = line.slice(colon + 1).trim();
  } else if (name === "transfer-encoding") {
    if (fields.transfer !== null) return "bad-length";
    fields.transfer = lower(line, colon);
  } else if (name === "content-encoding") {
    fields.encoding = fields.encoding === null ? lower(line, colon) : `${fields.encoding},${lower(line, colon)}`;
  } else if (name === "connection") {
    fields.connection = lower(line, colon);
  } else if (name === "content-type") {
    fields.contentType = lower(line, colon);
  } else if (name === "server") {
    fields.server = line.slice(colon + 1).trim();
  }
  return null;
}

function keep(kept: Record<string, string>, name: string, value: string): void {
  const before = kept[name];
  kept[name] = (before === undefined ? value : `${before}, ${value}`).slice(0, LONGEST_KEPT);
}

function lower(line: string, colon: number): string {
  return line
    .slice(colon + 1)
    .trim()
    .toLowerCase();
}

function frame(status: number, isHttp11: boolean, fields: Fields): Head | Failure {
  const { contentType, server, connection, kept } = fields;
  const keepAlive = isHttp11 ? connection !== "close" : connection === "keep-alive";
  if (fields.length !== null && !LENGTH.test(fields.length)) return "bad-length";
  if (status < 200 || status === 204 || status === 304) {
    return { status, framing: "length", length: 0, keepAlive, contentType, server, kept };
  }
  if (fields.transfer !== null) {
    if (fields.length !== null || !isHttp11) return "bad-length";
    if (fields.transfer !== "chunked") return "encoded";
    return { status, framing: "chunked", length: 0, keepAlive, contentType, server, kept };
  }
  if (fields.length === null)
    return { status, framing: "until-close", length: 0, keepAlive: false, contentType, server, kept };
  return { status, framing: "length", length: Number(fields.length), keepAlive, contentType, server, kept };
}
