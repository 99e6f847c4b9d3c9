import type { Failure } from "../model/failure.ts";
import { canonicalName } from "../model/host-name.ts";
import type { StoredReply } from "../model/reply.ts";
import { isObject, type JsonObject } from "./bounded-value.ts";
import { bodyOf, headersIn, readUrl, statusIn, type StoredUrl } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import {
  addressIn,
  lookOf,
  type LookReading,
  objectAt,
  PASSED_OVER,
  portIn,
  taken,
  together,
  valueAt,
  wrong,
} from "./stored-look.ts";

/** What zgrab2's words for an ending mean where something had answered; every other word means that nothing did. @see status.go */
const FAILURES: Readonly<Record<string, Failure>> = {
  "connection-closed": "closed-early",
  "handshake-error": "tls-failed",
  "protocol-error": "bad-http",
  "application-error": "bad-http",
  "post-tls-application-error": "bad-http",
};
const MODULES = 64;

/**
 * Reads one line of zgrab2: every entry of `data` that asked over HTTP, under whatever name the user gave the module. A redirect that it
 * followed counts as the redirect that the service sent.
 *
 * @see zmap/zgrab2 processing.go, module.go, lib/http/response.go, modules/http/scanner.go
 */
export function readZgrabLine(value: unknown): LookReading {
  if (!isObject(value) || !isObject(value["data"])) return wrong("", "is not a line of zgrab2");
  const address = addressIn(value["ip"]);
  const entries = Object.entries(value["data"]);
  if (address === null) return wrong("ip", "is no IP address");
  if (entries.length > MODULES) return wrong("data", `has more than ${MODULES} modules`);
  const line = { address, port: value["port"], domain: value["domain"] };
  return together(entries.map(([name, entry]) => readEntry(entry, line, `data.${name.slice(0, 64)}`)));
}

interface Line {
  readonly address: string;
  readonly port: unknown;
  readonly domain: unknown;
}

function readEntry(entry: unknown, line: Line, at: string): LookReading {
  if (!isObject(entry)) return wrong(at, "is not an object");
  const first = firstResponse(entry);
  const url = first === null ? null : urlOf(first);
  const status = typeof entry["status"] === "string" ? entry["status"] : "";
  const failure = Object.hasOwn(FAILURES, status) ? (FAILURES[status] ?? null) : null;
  if (first === null && failure === null) return PASSED_OVER;
  const port = portIn(entry["port"]) ?? portIn(line.port) ?? url?.port ?? null;
  if (port === null) return wrong(`${at}.port`, "is no port between 1 and 65535");
  const seen = instantIn(entry["timestamp"]);
  if (seen === null) return wrong(`${at}.timestamp`, "is no moment");
  const replies = first === null ? [] : replyOf(first, url);
  const tls = isObject(valueAt(first ?? {}, "request", "tls_log"));
  return taken(
    lookOf({
      scheme: url?.scheme ?? (tls || failure === "tls-failed" ? "https" : null),
      address: line.address,
      port,
      host_name: url?.name ?? (typeof line.domain === "string" ? canonicalName(line.domain) : null),
      seen_at: seen,
      replies,
      failure: replies.length === 0 ? failure : null,
    }),
  );
}

/** The service's own answer: what it sent before any redirect was followed. */
function firstResponse(entry: JsonObject): JsonObject | null {
  const result = objectAt(entry, "result");
  const chain = result["redirect_response_chain"];
  const first: unknown = Array.isArray(chain) && chain.length > 0 ? chain[0] : result["response"];
  return isObject(first) && statusIn(first["status_code"]) !== null ? first : null;
}

/** zgrab2 keeps the URL in parts, as Go does. */
function urlOf(response: JsonObject): StoredUrl | null {
  const url = objectAt(response, "request", "url");
  const { scheme, host, path } = url;
  if (typeof host !== "string") return null;
  return readUrl(
    `${scheme === "https" ? "https" : "http"}://${host}${typeof path === "string" && path.startsWith("/") ? path : "/"}`,
  );
}

function replyOf(response: JsonObject, url: StoredUrl | null): readonly StoredReply[] {
  const status = statusIn(response["status_code"]);
  const method = valueAt(response, "request", "method");
  if (status === null || (method !== undefined && method !== "" && method !== "GET")) return [];
  const known = objectAt(response, "headers");
  const others = Array.isArray(known["unknown"]) ? (known["unknown"] as readonly unknown[]) : [];
  const unknown = others.flatMap((one) =>
    isObject(one) && typeof one["key"] === "string" ? [[one["key"], one["value"]] as const] : [],
  );
  const headers = { ...headersIn(known), ...headersIn(Object.fromEntries(unknown)) };
  return [{ path: url?.path ?? "/", status, headers, ...bodyOf(response["body"], response["content_length"]) }];
}
