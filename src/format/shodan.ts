import type { StoredReply } from "../model/reply.ts";
import { canonicalName } from "../model/host-name.ts";
import { isObject, type JsonObject } from "./bounded-value.ts";
import { headersIn, readHttpText, statusIn } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn, type RecordPlace } from "./record-place.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReading,
  objectAt,
  PASSED_OVER,
  portIn,
  taken,
  valueAt,
  wrong,
} from "./stored-look.ts";

/** Labels that Shodan's tags know of a network. */
const LABELS: Readonly<Record<string, string>> = { cloud: "hosting", vpn: "vpn", proxy: "proxy", tor: "tor" };

/**
 * Reads one banner of Shodan: the answer to the path it asked (`http.location`, else `/`), and its own word for product and version.
 *
 * @see gethvi/pydantic-shodan@033a6cfc, datapedia.shodan.io: `timestamp` has no zone and means UTC, `asn` is a text.
 */
export function readShodanBanner(value: unknown): LookReading {
  if (!isObject(value)) return wrong("", "is not a banner of Shodan");
  const address = addressIn(value["ip_str"]);
  if (address === null) return wrong("ip_str", "is no IP address");
  if (value["transport"] === "udp") return PASSED_OVER;
  const port = portIn(value["port"]);
  if (port === null) return wrong("port", "is no port between 1 and 65535");
  const seen = instantIn(value["timestamp"]);
  if (seen === null) return wrong("timestamp", "is no moment");
  const http = objectAt(value, "http");
  const named = http["host"];
  return taken(
    lookOf({
      scheme: isObject(value["ssl"]) ? "https" : "http",
      address,
      port,
      host_name: typeof named === "string" ? canonicalName(named) : null,
      seen_at: seen,
      replies: replyOf(value, http),
      claim: claimOf({
        products: [value["product"]],
        version: value["version"],
        server: http["server"],
        title: http["title"],
      }),
      place: placeOf(value),
    }),
  );
}

function replyOf(banner: JsonObject, http: JsonObject): readonly StoredReply[] {
  const raw = typeof banner["data"] === "string" ? readHttpText(banner["data"]) : null;
  const status = raw?.status ?? statusIn(http["status"]);
  if (status === null) return [];
  const html = typeof http["html"] === "string" ? http["html"] : null;
  const headers = { ...headersIn(http["headers"]), ...raw?.headers };
  const [path = "/"] = typeof http["location"] === "string" ? http["location"].split(/[?#]/u, 1) : [];
  return [{ path: path.startsWith("/") ? path : "/", status, headers, body: html ?? raw?.body ?? null, isCut: false }];
}

function placeOf(banner: JsonObject): RecordPlace {
  const location = objectAt(banner, "location");
  const tags = valueAt(banner, "tags");
  const words = Array.isArray(tags) ? (tags as readonly unknown[]) : [];
  const labels = words.flatMap((tag) =>
    typeof tag === "string" && Object.hasOwn(LABELS, tag) ? [LABELS[tag] ?? ""] : [],
  );
  return placeIn({
    country: location["country_code"],
    region: location["region_code"],
    city: location["city"],
    asn: banner["asn"],
    organisation: [banner["org"], banner["isp"]],
    labels: labels.length === 0 ? null : [...new Set(labels)],
  });
}
