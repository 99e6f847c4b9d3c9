import type { StoredReply } from "../model/reply.ts";
import { createTableReader, type TableRow } from "./csv-table.ts";
import { headersOf, statusIn } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn } from "./record-place.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReader,
  type LookReading,
  PASSED_OVER,
  portIn,
  taken,
  wrong,
} from "./stored-look.ts";

/** Columns of `scan_http` and its kin that are header fields. */
const FIELDS = [
  "content_type",
  "connection",
  "www_authenticate",
  "set_cookie",
  "server",
  "content_length",
  "transfer_encoding",
] as const;
/** Columns that only reports on TLS fill. */
const TLS_COLUMNS = ["handshake", "cipher_suite", "cert_serial_number", "ssl_version"] as const;
/** Columns that name what was found. */
const PRODUCT_COLUMNS = ["product", "device_model", "detail", "method"] as const;

/**
 * Makes a reader of reports in Shadowserver's shape: CSV driven by its header, whatever the report. An answer is there when `http_code` is;
 * its body is not. Tags name products (`ollama`), never confirm them.
 *
 * @see The-Shadowserver-Foundation/report_schema@8e06fb91
 */
export function createShadowserverReader(): LookReader {
  return createTableReader({ required: ["timestamp", "ip", "port"], read: readRow });
}

function readRow(row: TableRow): LookReading {
  const address = addressIn(row("ip"));
  if (address === null) return wrong("ip", "is no IP address");
  if (row("protocol").toLowerCase() === "udp") return PASSED_OVER;
  const port = portIn(row("port"));
  if (port === null) return wrong("port", "is no port between 1 and 65535");
  const seen = instantIn(row("timestamp"));
  if (seen === null) return wrong("timestamp", "is no moment");
  const tags = row("tag").split(";");
  const isTls =
    TLS_COLUMNS.some((name) => row(name) !== "") || tags.some((tag) => /^(?:ssl|tls|https)$/iu.test(tag.trim()));
  return taken(
    lookOf({
      scheme: isTls ? "https" : null,
      address,
      port,
      seen_at: seen,
      replies: replyOf(row),
      claim: claimOf({
        products: [...tags, ...PRODUCT_COLUMNS.map(row)].map((word) => word.trim()),
        version: row("version"),
        server: row("server"),
        title: row("html_title"),
      }),
      place: placeIn({ country: row("geo"), region: row("region"), city: row("city"), asn: row("asn") }),
    }),
  );
}

function replyOf(row: TableRow): readonly StoredReply[] {
  const status = statusIn(row("http_code"));
  if (status === null) return [];
  const headers = headersOf(FIELDS.flatMap((name) => (row(name) === "" ? [] : [[name, row(name)] as const])));
  return [{ path: "/", status, headers, body: null, isCut: false }];
}
