/**
 * What a server (or the way to it) did instead of a fitting answer. `refused` and `silent` are about the connection,
 * the rest about bytes that came. Kept with the observation, never guessed.
 */
export const FAILURES = [
  "refused", // RST to our SYN
  "silent", // no answer to our SYN, or connected and never a byte, until the deadline
  "unreachable", // the network said that there is no way
  "reset", // RST in the middle
  "closed-early", // FIN before a whole answer
  "deadline", // bytes came, a whole answer did not
  "no-progress", // fewer bytes a second than the least rate: a drip
  "header-too-large",
  "body-too-large",
  "bad-http", // not an HTTP/1.x answer
  "bad-length", // Content-Length twice, wrong, or against Transfer-Encoding
  "encoded", // a Content-Encoding that was not asked for
  "bad-utf8",
  "bad-json",
  "too-deep", // JSON nested beyond the cap
  "too-many", // list longer than the cap
  "wrong-shape", // JSON, but not what the route says
  "tls-failed",
  "redirect", // 3xx: noted, never followed
] as const;
export type Failure = (typeof FAILURES)[number];
