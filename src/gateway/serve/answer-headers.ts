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
  readonly forwarded: string[];
  readonly contentType: string;
  readonly contentLength: number | null;
}

/** Sorts the raw headers of an upstream's answer; `changed` when its body will not be what the upstream sent. */
export function answerHeaders(raw: readonly Buffer[], changed: boolean): AnswerHeaders {
  const forwarded: string[] = [];
  let contentType = "";
  let contentLength: number | null = null;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const written = raw[at]?.toString("latin1") ?? "";
    const name = written.toLowerCase();
    if (DROPPED.has(name)) continue;
    const value = raw[at + 1]?.toString("latin1") ?? "";
    if (name === "content-type") contentType = value;
    if (name === "content-length") {
      contentLength = Number(value);
      if (changed) continue;
    }
    forwarded.push(written, value);
  }
  return { forwarded, contentType, contentLength };
}
