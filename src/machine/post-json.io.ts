import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { isLoopbackHost } from "./post-url.ts";

/** Why a posting did not arrive; `again`: the same request may succeed later. */
export interface PostFailure {
  /** In words, without the path of the URL: `status 500`, `no answer within 10 s`, `connect ECONNREFUSED`. */
  readonly words: string;
  readonly again: boolean;
}

/** Bounds of a posting. */
export interface PostLimits {
  /** Milliseconds for one try, connecting included. */
  readonly timeoutMs: number;
  /** Milliseconds to wait before each further try; as many tries more as there are entries. */
  readonly waitsMs: readonly number[];
}

/**
 * Posts a JSON text and waits for a status from 200 to 299. Follows no redirect and reads no body. A broken connection, a deadline, 429 and
 * 5xx are tried again; nothing else is.
 *
 * @param headers - Sent with every try, so a receiver can tell a repeated one.
 */
export async function postJson(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  limits: PostLimits,
  stopped: AbortSignal,
): Promise<Result<number, PostFailure>> {
  for (let tries = 0; ; tries += 1) {
    const sent = await postOnce(url, body, headers, limits.timeoutMs, stopped);
    const waitMs = limits.waitsMs[tries];
    if (sent.ok || !sent.error.again || waitMs === undefined || stopped.aborted) return sent;
    await sleep(waitMs, null, { signal: stopped }).catch(() => null);
  }
}

async function postOnce(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<Result<number, PostFailure>> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const status = await statusOf(url, body, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      agent: false,
      signal: AbortSignal.any([deadline, stopped]),
      ...(url.hostname === "localhost" ? { host: await loopbackAddress() } : {}),
    });
    if (status >= 200 && status < 300) return ok(status);
    const words = status >= 300 && status < 400 ? `status ${status}: redirects are not followed` : `status ${status}`;
    return fail({ words, again: status === 429 || status >= 500 });
  } catch (error) {
    if (stopped.aborted) return fail({ words: "interrupted", again: false });
    if (deadline.aborted) return fail({ words: `no answer within ${timeoutMs / 1000} s`, again: true });
    return fail({ words: error instanceof Error ? error.message : "failed", again: true });
  }
}

/** The name means this machine here, whatever a resolver says. */
async function loopbackAddress(): Promise<string> {
  const found = await lookup("localhost", { all: true });
  const own = found.find(({ address }) => address === "::1" || address.startsWith("127."));
  return own?.address ?? "127.0.0.1";
}

function statusOf(url: URL, body: string, options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    };
    const open = url.protocol === "https:" ? httpsRequest : httpRequest;
    const asked: ClientRequest = open(url, options, answered);
    asked.on("error", reject);
    asked.end(body);
  });
}

/** A URL as words may show it: without path and query, which may hold a token. */
export function shownOrigin(url: URL): string {
  return isLoopbackHost(url) ? `${url.origin} (loopback)` : url.origin;
}
