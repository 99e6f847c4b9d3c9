import type { Refusal } from "../refusal.ts";

/** What of a page's origin is to be done before anything else is looked at. */
export type PageVerdict =
  /** No page asks: nothing is added. */
  | { readonly kind: "none" }
  | { readonly kind: "denied"; readonly refusal: Refusal }
  /** A page that may ask: these headers let it read the answer. */
  | { readonly kind: "allowed"; readonly headers: readonly string[] }
  /** Its browser asks whether it may ask: 204 with these headers (name, value, …) is the whole answer. */
  | { readonly kind: "preflight"; readonly headers: readonly string[] };

const NONE: PageVerdict = { kind: "none" };
const DENIED: PageVerdict = {
  kind: "denied",
  refusal: { status: 403, reason: "origin-denied", message: "pages of this origin may not use this gateway" },
};
const METHODS = "GET, HEAD, POST, DELETE";
/** Headers that pages are told they may send when they do not say which. */
const HEADERS = "authorization, content-type, x-api-key";
const EXPOSED = "retry-after";
/** Browsers ask again after so many seconds. */
const MAX_AGE = "600";
const LONGEST_WISH = 2048;
/** Names of headers, as a browser lists them. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~, -]+$/u;

/** What a request says of the page that makes it; a header that comes twice says nothing that can be believed. */
interface Said {
  origin: string | null;
  method: string | null;
  headers: string | null;
  network: string | null;
  origins: number;
}

/**
 * Judges the page behind a request. A browser's own word is enough: the key stands between the gateway and everybody else.
 *
 * @param raw - Name, value, … as sent.
 * @param allowed - Origins as browsers write them; compared byte for byte.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol (read 2026-11-21)
 */
export function judgePage(method: string, raw: readonly string[], allowed: ReadonlySet<string>): PageVerdict {
  const said = saidIn(raw);
  if (said.origin === null) return NONE;
  if (said.origins > 1 || !allowed.has(said.origin)) return DENIED;
  if (method !== "OPTIONS" || said.method === null) return { kind: "allowed", headers: readable(said.origin) };
  const headers = [
    "access-control-allow-origin",
    said.origin,
    "vary",
    "Origin, Access-Control-Request-Headers, Access-Control-Request-Private-Network",
    "access-control-allow-methods",
    METHODS,
    "access-control-allow-headers",
    said.headers !== null && said.headers.length <= LONGEST_WISH && HEADER_NAMES.test(said.headers)
      ? said.headers
      : HEADERS,
    "access-control-max-age",
    MAX_AGE,
  ];
  if (said.network === "true") headers.push("access-control-allow-private-network", "true");
  return { kind: "preflight", headers };
}

function readable(origin: string): readonly string[] {
  return ["access-control-allow-origin", origin, "vary", "Origin", "access-control-expose-headers", EXPOSED];
}

function saidIn(raw: readonly string[]): Said {
  const said: Said = { origin: null, method: null, headers: null, network: null, origins: 0 };
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const value = raw[at + 1] ?? "";
    switch ((raw[at] ?? "").toLowerCase()) {
      case "origin":
        said.origin = value;
        said.origins += 1;
        break;
      case "access-control-request-method":
        said.method = value;
        break;
      case "access-control-request-headers":
        said.headers = value;
        break;
      case "access-control-request-private-network":
        said.network = value;
        break;
    }
  }
  return said;
}
