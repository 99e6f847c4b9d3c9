import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/u;
const LONGEST = 2_048;

/** Whether a URL's host is this machine's own loopback; the name `localhost` counts and is then resolved to loopback alone. */
export function isLoopbackHost(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * Reads where a report may be posted: https, or http on loopback; without a user or password in it, which would show in process lists.
 *
 * @returns The URL, or what is wrong with it; the words never quote its path, which may hold a token.
 */
export function parsePostUrl(text: string): Result<URL, string> {
  if (text.length > LONGEST || !URL.canParse(text)) return fail("is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return fail("is neither https nor http");
  if (url.username !== "" || url.password !== "") return fail("holds a user or password");
  if (url.protocol === "http:" && !isLoopbackHost(url))
    return fail("is http beyond loopback: what it carries names hosts");
  return ok(url);
}
