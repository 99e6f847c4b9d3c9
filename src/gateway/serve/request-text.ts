import { isInPieces } from "./forward.ts";
import type { UpstreamBody, UpstreamHead } from "./forward.ts";

const METHOD = /^[A-Z]{1,16}$/u;
const PATH = /^\/[!-~]{0,8191}$/u;
const NAME = /^[a-z0-9-]{1,64}$/u;
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/u;
const LENGTH = "content-length";

/** What was made of a list of headers that comes again and again. */
const known = new WeakMap<readonly string[], string>();

/**
 * The head of a request as it goes upstream, and how its body is framed: a held one by its length, one that passes by the length it was
 * announced with, else in chunks. A part that could be read as more than itself is a fault of ours: it throws.
 */
export function requestText(head: UpstreamHead, body: UpstreamBody, host: string, basePath: string): string {
  const { method } = head;
  const path = basePath + head.path;
  if (!METHOD.test(method) || !PATH.test(path)) throw new TypeError("no request line can be made of this");
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${fieldText(head.headers)}${framing(head, body)}\r\n`;
}

/** Whether the body goes upstream in chunks. */
export function goesInChunks({ bodyBytes }: UpstreamHead, body: UpstreamBody): boolean {
  return body !== null && !(body instanceof Uint8Array) && !isInPieces(body) && bodyBytes === null;
}

function framing(head: UpstreamHead, body: UpstreamBody): string {
  if (body instanceof Uint8Array) return `${LENGTH}: ${body.length}\r\n`;
  if (isInPieces(body)) return `${LENGTH}: ${body.reduce((sum, { length }) => sum + length, 0)}\r\n`;
  if (body === null) return head.method === "GET" || head.method === "HEAD" ? "" : `${LENGTH}: 0\r\n`;
  return head.bodyBytes === null ? "transfer-encoding: chunked\r\n" : `${LENGTH}: ${head.bodyBytes}\r\n`;
}

function fieldText(headers: readonly string[]): string {
  const before = known.get(headers);
  if (before !== undefined) return before;
  let text = "";
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    const value = headers[at + 1] ?? "";
    if (!NAME.test(name) || name === LENGTH || !VALUE.test(value)) throw new TypeError("no header can be made of this");
    text += `${name}: ${value}\r\n`;
  }
  known.set(headers, text);
  return text;
}
