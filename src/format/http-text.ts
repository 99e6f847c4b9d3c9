import { Buffer } from "node:buffer";
import { canonicalAddress } from "../model/address.ts";
import { canonicalName } from "../model/host-name.ts";
import type { Reply } from "../model/reply.ts";
import { isObject } from "./bounded-value.ts";

/** Fields and characters of a header that are read; the rest is passed over. */
const MAX_FIELDS = 256;
const MAX_HEAD = 65_536;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/u;
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/u;

/** A status that HTTP knows: 100 to 999, as number or text; else `null`. */
export function statusIn(value: unknown): number | null {
  const status = typeof value === "string" && /^\d{3}$/u.test(value) ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}

/**
 * Reads the text of an answer as banners hold it: status line, fields, perhaps a blank line and a body.
 *
 * @returns `null` when it does not begin like HTTP. `body` is `null` when no blank line ends the header.
 */
export function readHttpText(text: string): Reply | null {
  const status = statusIn(STATUS_LINE.exec(text.slice(0, 128).split(/\r?\n/u, 1)[0] ?? "")?.[1]);
  if (status === null) return null;
  const end = endOfHead(text);
  const head = text.slice(0, Math.min(end?.at ?? text.length, MAX_HEAD));
  const fields = head.split(/\r?\n/u, MAX_FIELDS + 1).slice(1);
  const body = end === null ? null : text.slice(end.at + end.length);
  return { status, headers: headersOf(fields.map(pairOf)), body: body === "" ? null : body, isCut: false };
}

function endOfHead(text: string): { readonly at: number; readonly length: number } | null {
  const crlf = text.indexOf("\r\n\r\n");
  const lf = text.indexOf("\n\n");
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { at: crlf, length: 4 };
  return lf === -1 ? null : { at: lf, length: 2 };
}

function pairOf(line: string): readonly [string, unknown] {
  const colon = line.indexOf(":");
  return colon === -1 ? ["", ""] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/**
 * Header fields by lower-case name. Scanners written in Go send `content_type` for `content-type`, and lists for values.
 */
export function headersOf(pairs: Iterable<readonly [string, unknown]>): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (headers.size === MAX_FIELDS) break;
    const name = key.trim().toLowerCase().replaceAll("_", "-");
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = values.filter((one) => typeof one === "string");
    if (!FIELD_NAME.test(name) || texts.length === 0) continue;
    const known = headers.get(name);
    headers.set(name, [...(known === undefined ? [] : [known]), ...texts].join(", "));
  }
  return Object.fromEntries(headers);
}

/** The fields of a JSON object of headers. */
export function headersIn(value: unknown): Record<string, string> {
  return headersOf(isObject(value) ? Object.entries(value) : []);
}

/** What a URL says of a service and of what was asked there. */
export interface StoredUrl {
  readonly scheme: "http" | "https";
  /** Canonical; `null` when the URL names a host. */
  readonly address: string | null;
  readonly name: string | null;
  readonly port: number;
  /** Without query. */
  readonly path: string;
}

const LONGEST_URL = 8192;

/** Reads a URL of http or https; `null` for anything else. */
export function readUrl(text: unknown): StoredUrl | null {
  if (typeof text !== "string" || text.length > LONGEST_URL) return null;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  const scheme = url.protocol === "https:" ? "https" : "http";
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  const address = canonicalAddress(host);
  const port = url.port === "" ? (scheme === "https" ? 443 : 80) : Number(url.port);
  if (port === 0) return null;
  return { scheme, address, name: address === null ? canonicalName(host) : null, port, path: url.pathname };
}

/** A body and whether it is only a beginning of `length` bytes; a length below zero or of another type is not known. */
export function bodyOf(body: unknown, length: unknown): Pick<Reply, "body" | "isCut"> {
  if (typeof body !== "string") return { body: null, isCut: false };
  return { body, isCut: typeof length === "number" && length > Buffer.byteLength(body) };
}
