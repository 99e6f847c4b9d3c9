import type { Buffer } from "node:buffer";
import type { HttpAnswer } from "../../format/http-answer.ts";
import type { Target } from "../../model/target.ts";

/** Ports where `auto` means TLS from the first byte. */
const TLS_PORTS: ReadonlySet<number> = new Set([443, 8443]);
/**
 * What servers say in a 400 to plain HTTP on a TLS port: Go, nginx, Apache.
 *
 * @see golang/go net/http/server.go, nginx ngx_http_special_response.c, apache/httpd modules/ssl/ssl_engine_kernel.c
 */
const HINTS = [
  "http request to an https server",
  "http request was sent to https port",
  "http to an ssl-enabled server",
];
const ALERT = 0x15;
const TLS_MAJOR = 0x03;

/** Whether to begin with TLS. */
export function startsWithTls(scheme: Target["scheme"], port: number): boolean {
  return scheme === "https" || (scheme === "auto" && TLS_PORTS.has(port));
}

/** Whether an answer names HTTPS as what it expected. */
export function hintsAtTls(answer: HttpAnswer): boolean {
  if (answer.head.status !== 400) return false;
  const text = answer.body.toString("latin1").toLowerCase();
  return HINTS.some((hint) => text.includes(hint));
}

/** Whether the first bytes of an answer are a TLS alert record (RFC 8446, 5.1 and 6). */
export function isTlsAlert(chunk: Buffer): boolean {
  return chunk[0] === ALERT && (chunk[1] === undefined || chunk[1] === TLS_MAJOR);
}
