/** Headers of one connection only, and those that the gateway writes itself. */
const DROPPED = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-expose-headers",
  "vary",
]);

/** What the upstream's headers say of its answer. */
export interface AnswerHeaders {
  /** Name, value, …: what the client gets, without `content-length` where `changed`. */
  readonly forwarded: readonly string[];
  readonly contentType: string;
  readonly contentLength: number | null;
}

/** What was made of lists that come again and again. */
const known = new WeakMap<readonly string[], AnswerHeaders>();

/** Sorts the raw headers of an upstream's answer; `changed` when its body will not be what the upstream sent. */
export function answerHeaders(raw: readonly string[], changed: boolean): AnswerHeaders {
  if (changed) return sorted(raw, true);
  const before = known.get(raw);
  if (before !== undefined) return before;
  const headers = sorted(raw, false);
  known.set(raw, headers);
  return headers;
}

function sorted(raw: readonly string[], changed: boolean): AnswerHeaders {
  const forwarded: string[] = [];
  let contentType = "";
  let contentLength: number | null = null;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const written = raw[at] ?? "";
    const name = written.toLowerCase();
    if (DROPPED.has(name)) continue;
    const value = raw[at + 1] ?? "";
    if (name === "content-type") contentType = value;
    if (name === "content-length") {
      contentLength = Number(value);
      if (changed) continue;
    }
    forwarded.push(written, value);
  }
  return { forwarded, contentType, contentLength };
}
