import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";

/** What a request line asks for. */
export interface AskedTarget {
  /** Key carried in the path (`/k/KEY/api/chat`); `null` = none. */
  readonly pathToken: string | null;
  /** Without the key; nothing in it can be read in two ways. */
  readonly path: string;
  /** As sent, without its question mark. */
  readonly query: string;
}

const UNCLEAN: Result<never, Refusal> = fail({
  status: 400,
  reason: "unclean-path",
  message: "the path must be written plainly: no escapes, no empty or dot segments, no trailing slash",
});

const LONGEST = 4096; // characters of the whole target
const TOKEN_PREFIX = "/k/";
const SLASH = 47;
const DOT = 46;
const QUESTION = 63;

/** 1 for what a path may hold: nothing that a server decodes, cuts at, or folds. */
const PATH_CHARS = charTable("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@+,=/");

function charTable(chars: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
}

/**
 * Reads the target of a request line, or refuses what servers on the way could read differently: escapes, backslashes, semicolons,
 * control characters, empty and dot segments, trailing slashes, other forms than a path.
 *
 * @see facts of section 3.12 in ollama-api: Go cleans paths and matches them decoded
 */
export function readTarget(raw: string): Result<AskedTarget, Refusal> {
  const { length } = raw;
  if (length === 0 || length > LONGEST || raw.charCodeAt(0) !== SLASH) return UNCLEAN;
  const mark = raw.indexOf("?");
  const end = mark === -1 ? length : mark;
  if (!isPlainPath(raw, end) || !isPlainQuery(raw, end)) return UNCLEAN;
  const path = mark === -1 ? raw : raw.slice(0, end);
  const query = mark === -1 ? "" : raw.slice(end + 1);
  if (path.startsWith(TOKEN_PREFIX)) return withToken(path, query);
  if (end > 1 && raw.charCodeAt(end - 1) === SLASH) return UNCLEAN;
  return ok({ pathToken: null, path, query });
}

function withToken(path: string, query: string): Result<AskedTarget, Refusal> {
  const slash = path.indexOf("/", TOKEN_PREFIX.length);
  const pathToken = slash === -1 ? path.slice(TOKEN_PREFIX.length) : path.slice(TOKEN_PREFIX.length, slash);
  const rest = slash === -1 ? "/" : path.slice(slash);
  if (pathToken === "" || (rest.length > 1 && rest.endsWith("/"))) return UNCLEAN;
  return ok({ pathToken, path: rest, query });
}

function isPlainPath(raw: string, end: number): boolean {
  let segment = 1;
  for (let at = 0; at < end; at += 1) {
    const code = raw.charCodeAt(at);
    if (code > 127 || PATH_CHARS[code] !== 1) return false;
    if (code === SLASH) {
      if (at > 0 && isBadSegment(raw, segment, at)) return false;
      segment = at + 1;
    }
  }
  return segment === end || !isBadSegment(raw, segment, end);
}

/** Empty, `.` or `..`. */
function isBadSegment(raw: string, from: number, to: number): boolean {
  const size = to - from;
  if (size > 2) return false;
  return size === 0 || (raw.charCodeAt(from) === DOT && raw.charCodeAt(to - 1) === DOT);
}

/** Printable ASCII without a fragment; a server may read more than one question mark, so may nobody else. */
function isPlainQuery(raw: string, from: number): boolean {
  for (let at = from + 1; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code < 33 || code > 126 || code === 35 || code === 92 || code === QUESTION) return false;
  }
  return true;
}
