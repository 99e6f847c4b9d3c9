import { Buffer } from "node:buffer";
import type { StoredReply } from "../model/reply.ts";
import { isObject, type JsonObject } from "./bounded-value.ts";
import { bodyOf, headersIn, readUrl, statusIn, type StoredUrl } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn } from "./record-place.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReading,
  objectAt,
  PASSED_OVER,
  portIn,
  taken,
  wrong,
} from "./stored-look.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/u;

/**
 * Reads one line of httpx: the answer to `path`. Header and body are there only when the user asked for them
 * (`-include-response`). After followed redirects only the first status is the service's own.
 *
 * @see projectdiscovery/httpx runner/types.go, runner/runner.go
 */
export function readHttpxLine(value: unknown): LookReading {
  if (!isObject(value) || (typeof value["url"] !== "string" && typeof value["input"] !== "string"))
    return wrong("", "is not a line of httpx");
  if (value["failed"] === true || statusIn(value["status_code"]) === null) return PASSED_OVER;
  if (typeof value["method"] === "string" && value["method"] !== "GET") return PASSED_OVER;
  const url = readUrl(value["url"]);
  if (url === null) return wrong("url", "is no URL of http or https");
  const address = addressIn(value["host_ip"]) ?? addressIn(value["host"]) ?? url.address;
  if (address === null) return wrong("host_ip", "is no IP address");
  const seen = instantIn(value["timestamp"]);
  if (seen === null) return wrong("timestamp", "is no moment");
  const system = objectAt(value, "asn");
  return taken(
    lookOf({
      scheme: url.scheme,
      address,
      port: portIn(value["port"]) ?? url.port,
      host_name: url.name,
      seen_at: seen,
      replies: [replyOf(value, url)],
      claim: claimOf({ server: value["webserver"], title: firstOfChain(value) === null ? value["title"] : null }),
      place: placeIn({
        country: system["as_country"],
        asn: system["as_number"],
        organisation: [system["as_name"]],
      }),
    }),
  );
}

function replyOf(line: JsonObject, url: StoredUrl): StoredReply {
  const path = pathOf(line["path"]) ?? url.path;
  const redirect = firstOfChain(line);
  if (redirect !== null) return { path, status: redirect, headers: {}, body: null, isCut: false };
  const type = line["content_type"];
  const headers = { ...(typeof type === "string" ? { "content-type": type } : {}), ...headersIn(line["header"]) };
  const status = statusIn(line["status_code"]) ?? 0;
  return { path, status, headers, ...readBody(line["body"], line["content_length"]) };
}

/** The status that the service itself sent before redirects were followed; `null` when none was. */
function firstOfChain(line: JsonObject): number | null {
  const chain = line["chain_status_codes"];
  return Array.isArray(chain) && chain.length > 1 ? statusIn(chain[0]) : null;
}

function pathOf(value: unknown): string | null {
  return typeof value === "string" && value.startsWith("/") ? (value.split(/[?#]/u, 1)[0] ?? null) : null;
}

/** With `-irrb` the body is base64 and nothing says so, but its decoded length is `content_length`. */
function readBody(body: unknown, length: unknown): Pick<StoredReply, "body" | "isCut"> {
  if (typeof body === "string" && typeof length === "number" && body.length !== length && BASE64.test(body)) {
    const bytes = Buffer.from(body, "base64");
    if (bytes.length === length && body.length % 4 === 0) return { body: bytes.toString("utf8"), isCut: false };
  }
  return bodyOf(body, length);
}
