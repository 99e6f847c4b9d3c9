import type { StoredReply } from "../model/reply.ts";
import { canonicalName } from "../model/host-name.ts";
import { field, isObject, type JsonObject } from "./bounded-value.ts";
import { headersOf, readUrl, statusIn } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn } from "./record-place.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReading,
  PASSED_OVER,
  portIn,
  taken,
  valueAt,
  wrong,
} from "./stored-look.ts";

/** The value of a key of IntelMQ's data format. */
type Fields = (key: string) => unknown;

/**
 * Reads one event of IntelMQ, its keys flat (`source.ip`) or in objects (`source: {ip}`). The answer is what Shadowserver's parser keeps in
 * `extra.` (`http_code`, `server`); tags and identifiers name products, never confirm them.
 *
 * @see certtools/intelmq docs/dev/data-format.md, intelmq/etc/harmonization.conf
 */
export function readIntelmqEvent(value: unknown): LookReading {
  if (!isObject(value)) return NONE;
  const told = fieldsOf(value);
  if (told("source.ip") === undefined && told("classification.type") === undefined) return NONE;
  const transport = told("protocol.transport");
  const application = told("protocol.application");
  const url = readUrl(told("source.url"));
  const address = addressIn(told("source.ip")) ?? url?.address ?? null;
  if (address === null) return wrong("source.ip", "is no IP address");
  if (typeof transport === "string" && transport !== "tcp") return PASSED_OVER;
  const port = portIn(told("source.port")) ?? url?.port ?? null;
  if (port === null) return wrong("source.port", "is no port between 1 and 65535");
  const seen = instantIn(told("time.source")) ?? instantIn(told("time.observation"));
  if (seen === null) return wrong("time.source", "is no moment");
  const name = told("source.fqdn");
  return taken(
    lookOf({
      scheme: url?.scheme ?? (application === "https" ? "https" : null),
      address,
      port,
      host_name: url?.name ?? (url === null || typeof name !== "string" ? null : canonicalName(name)),
      seen_at: seen,
      replies: replyOf(told, url?.path ?? "/"),
      claim: claimOf({
        products: productsOf(told),
        version: told("extra.version") ?? told("product.version"),
        server: told("extra.server"),
        title: told("extra.html_title") ?? told("extra.title"),
      }),
      place: placeIn({
        country: told("source.geolocation.cc"),
        region: told("source.geolocation.region"),
        city: told("source.geolocation.city"),
        asn: told("source.asn"),
        organisation: [told("source.as_name")],
      }),
    }),
  );
}

const NONE = wrong("", "is not an event of IntelMQ");

/** A key as it stands, or below objects; `extra` may be JSON in a text, as databases keep it. */
function fieldsOf(event: JsonObject): Fields {
  const extra = parsedExtra(event["extra"]);
  return (key) => {
    const flat = field(event, key);
    if (flat !== undefined) return flat;
    const [first = "", ...others] = key.split(".");
    if (first === "extra") return valueAt(extra, ...others);
    return valueAt(event, first, ...others) ?? valueAt(event, ...keysOf(first, others));
  };
}

/** `source.geolocation.cc` may lie as `source: {"geolocation.cc": …}`. */
function keysOf(first: string, others: readonly string[]): readonly string[] {
  return [first, others.join(".")];
}

const LONGEST_EXTRA = 65_536;

function parsedExtra(value: unknown): unknown {
  if (typeof value !== "string" || value.length > LONGEST_EXTRA) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

const PRODUCT_KEYS = [
  "product.full_name",
  "product.name",
  "classification.identifier",
  "extra.product",
  "extra.tag",
  "protocol.application",
] as const;

/** Tags come as `a;b`, identifiers as `open-ollama`. */
function productsOf(told: Fields): readonly string[] {
  return PRODUCT_KEYS.flatMap((key) => {
    const text = told(key);
    if (typeof text !== "string" || text.length > LONGEST_EXTRA) return [];
    return text.split(";").flatMap((word) => [word.trim(), word.trim().replace(/^(?:open|accessible)-/u, "")]);
  });
}

function replyOf(told: Fields, path: string): readonly StoredReply[] {
  const status = statusIn(told("extra.http_code")) ?? statusIn(told("extra.status_code"));
  if (status === null) return [];
  const names = ["content_type", "www_authenticate", "server", "set_cookie"];
  const headers = headersOf(names.map((name) => [name, told(`extra.${name}`)] as const));
  return [{ path, status, headers, body: null, isCut: false }];
}
