import type { StoredReply } from "../model/reply.ts";
import { isObject, type JsonObject } from "./bounded-value.ts";
import { readHttpText } from "./http-text.ts";
import { isMasscanList } from "./masscan.ts";
import { readXmlHost } from "./nmap-xml.ts";
import { instantIn } from "./record-instant.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReading,
  NO_RECORD,
  objectAt,
  PASSED_OVER,
  portIn,
  taken,
  together,
  wrong,
} from "./stored-look.ts";
import { isXmlRecord } from "./xml-element.ts";

/** One port as any of masscan's four forms tells it. */
interface Told {
  readonly ip: unknown;
  readonly port: unknown;
  readonly proto: unknown;
  readonly timestamp: unknown;
  /** `null` for a banner. */
  readonly status: unknown;
  readonly banner: { readonly name: unknown; readonly text: unknown } | null;
  readonly at: string;
}

const MAX_PORTS = 65_536;
const TLS_BANNERS: ReadonlySet<unknown> = new Set(["ssl", "X509", "X509CA"]);

/**
 * Reads one record of masscan: an object of its JSON or NDJSON, a line of its list, a host of its XML. An open port is a candidate; a banner
 * of HTTP is the beginning of the answer to `/`.
 *
 * @see robertdavidgraham/masscan src/out-json.c, src/out-ndjson.c, src/out-text.c, src/out-xml.c
 */
export function readMasscanRecord(value: unknown): LookReading {
  if (isXmlRecord(value)) return readXmlHost(value, "masscan");
  if (typeof value === "string") return readListLine(value);
  if (Array.isArray(value)) return together((value as readonly unknown[]).map(readMasscanRecord));
  if (!isObject(value)) return NONE;
  if (value["rec_type"] !== undefined) return readTold(flat(value));
  const ports = value["ports"];
  if (Array.isArray(ports) && ports.length <= MAX_PORTS)
    return together((ports as readonly unknown[]).map((port, index) => readTold(nested(value, port, index))));
  return typeof value["finished"] === "number" ? NO_RECORD : NONE;
}

const NONE = wrong("", "is not a record of masscan");

function flat(record: JsonObject): Told {
  const { ip, port, proto, timestamp } = record;
  const told = objectAt(record, "data");
  const isBanner = record["rec_type"] === "banner";
  const banner = isBanner ? { name: told["service_name"], text: told["banner"] } : null;
  return { ip, port, proto, timestamp, status: isBanner ? null : told["status"], banner, at: "port" };
}

function nested(record: JsonObject, value: unknown, index: number): Told {
  const { ip, timestamp } = record;
  const port = isObject(value) ? value : {};
  const service = objectAt(port, "service");
  const banner = isObject(port["service"]) ? { name: service["name"], text: service["banner"] } : null;
  const status = banner === null ? port["status"] : null;
  return { ip, port: port["port"], proto: port["proto"], timestamp, status, banner, at: `ports[${index}].port` };
}

/** `open tcp 11434 192.0.2.10 1768014245`, `banner tcp 11434 192.0.2.10 1768014246 http HTTP/1.1 200 OK\x0d\x0a…` */
function readListLine(line: string): LookReading {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return NO_RECORD;
  if (!isMasscanList(text)) return NONE;
  const [word, proto, port, ip, timestamp, name = "", ...rest] = text.split(" ");
  const isBanner = word === "banner";
  const banner = isBanner ? { name, text: unescaped(rest.join(" ")) } : null;
  return readTold({ ip, port, proto, timestamp, status: isBanner ? null : word, banner, at: "port" });
}

/** The list writes what is not printable as `\x0d`. */
function unescaped(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function readTold({ ip, port: portValue, proto, timestamp, status, banner, at }: Told): LookReading {
  const address = addressIn(ip);
  if (address === null) return wrong("ip", "is no IP address");
  if (proto !== "tcp" || (banner === null && status !== "open")) return PASSED_OVER;
  const port = portIn(portValue);
  if (port === null) return wrong(at, "is no port between 1 and 65535");
  const seen = instantIn(timestamp);
  if (seen === null) return wrong("timestamp", "is no moment");
  const text = typeof banner?.text === "string" ? banner.text : null;
  return taken(
    lookOf({
      scheme: TLS_BANNERS.has(banner?.name) ? "https" : null,
      address,
      port,
      seen_at: seen,
      replies: replyOf(text),
      claim: claimOf({
        title: banner?.name === "title" ? text : null,
        server: banner?.name === "http.server" ? text : null,
      }),
    }),
  );
}

function replyOf(text: string | null): readonly StoredReply[] {
  const head = text === null ? null : readHttpText(text);
  return head === null ? [] : [{ ...head, path: "/" }];
}
