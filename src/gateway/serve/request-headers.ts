/**
 * What reaches the upstream of a client's headers: little. Credentials, cookies, what tells of the way (`forwarded`, `x-forwarded-*`, `via`),
 * the browser's origin, names with an underscore (twins of dashed ones behind some servers) and hop-by-hop headers stay here.
 * Ollama hands every header of a request on to its cloud for remote models: what is not needed is not sent.
 */
const FORWARDED = new Set([
  "accept",
  "accept-language",
  "anthropic-beta",
  "anthropic-version",
  "content-type",
  "user-agent",
]);

/** Headers of a client that the gateway itself decides by. */
export interface RequestHeaders {
  /** Lower-case name, value …, as sent: without Host and framing. */
  readonly forwarded: readonly string[];
  readonly hosts: number;
  readonly contentEncoding: string | null;
  readonly contentLength: number | null;
  readonly contentType: string | null;
  readonly contentTypes: number;
  readonly forwardedFor: string | null;
  readonly forwardedForCount: number;
}

/** What was found in lists that come again and again. */
const known = new WeakMap<readonly string[], RequestHeaders>();

/** Sorts a request's raw headers (name, value, …). */
export function sortHeaders(raw: readonly string[]): RequestHeaders {
  const before = known.get(raw);
  if (before !== undefined) return before;
  const headers = sorted(raw);
  known.set(raw, headers);
  return headers;
}

function sorted(raw: readonly string[]): RequestHeaders {
  const forwarded: string[] = [];
  let hosts = 0;
  let contentEncoding: string | null = null;
  let contentLength: number | null = null;
  let contentType: string | null = null;
  let contentTypes = 0;
  let forwardedFor: string | null = null;
  let forwardedForCount = 0;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    if (FORWARDED.has(name)) {
      forwarded.push(name, value);
      if (name === "content-type") {
        contentType = value;
        contentTypes += 1;
      }
    } else if (name === "host") hosts += 1;
    else if (name === "content-length") contentLength = Number(value);
    else if (name === "content-encoding")
      contentEncoding = contentEncoding === null ? value : `${contentEncoding}, ${value}`;
    else if (name === "x-forwarded-for") {
      forwardedFor = forwardedFor === null ? value : `${forwardedFor}, ${value}`;
      forwardedForCount += 1;
    }
  }
  return {
    forwarded,
    hosts,
    contentEncoding,
    contentLength,
    contentType,
    contentTypes,
    forwardedFor,
    forwardedForCount,
  };
}
