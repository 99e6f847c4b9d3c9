import { openRawUpstream } from "./raw-forward.io.ts";
import { openUndiciUpstream } from "./undici-forward.io.ts";
import type { Upstream } from "./upstream.ts";

/** Opens the way to an upstream: bare sockets for `http:`, undici for `https:`. */
export function openUpstream(address: string): Upstream {
  const url = new URL(address);
  return url.protocol === "http:" ? openRawUpstream(url) : openUndiciUpstream(url);
}
