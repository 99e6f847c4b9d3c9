import type { StoredReply } from "../model/reply.ts";
import { createTableReader, type TableRow } from "./csv-table.ts";
import { readHttpText, readUrl } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn } from "./record-place.ts";
import {
  addressIn,
  claimOf,
  type Given,
  lookOf,
  type LookReader,
  type LookReading,
  PASSED_OVER,
  portIn,
  taken,
  wrong,
} from "./stored-look.ts";

/**
 * Reads an export of FOFA: CSV whose columns are the fields that were asked for. `lastupdatetime` is the time; a file without that column
 * needs the user's. `header` and `body` (or `banner`) are the answer to `/`.
 *
 * @see security-pride/LLM_Deployment@6d58e356: ASN 0 and organisation `nan` mean "not known"
 */
export function createFofaReader(given: Given): LookReader {
  return createTableReader({ required: ["ip", "port"], read: (row) => readRow(row, given) });
}

function readRow(row: TableRow, given: Given): LookReading {
  const address = addressIn(row("ip"));
  if (address === null) return wrong("ip", "is no IP address");
  const port = portIn(row("port"));
  if (port === null) return wrong("port", "is no port between 1 and 65535");
  if (row("base_protocol") === "udp") return PASSED_OVER;
  const time = row("lastupdatetime");
  const seen = time === "" ? given.seenAt : instantIn(time);
  if (seen === null)
    return wrong("lastupdatetime", time === "" ? "is missing; say when with --seen-at" : "is no moment");
  const url = readUrl(row("link")) ?? readUrl(row("host").includes("://") ? row("host") : `http://${row("host")}`);
  const reply = replyOf(row, url?.path ?? "/");
  return taken(
    lookOf({
      scheme: row("protocol") === "https" || url?.scheme === "https" ? "https" : row("protocol") === "" ? null : "http",
      address,
      port,
      host_name: url?.name ?? null,
      seen_at: seen,
      replies: reply === null ? [] : [reply],
      claim: claimOf({ products: row("product").split(","), server: row("server"), title: row("title") }),
      place: placeIn({
        country: row("country"),
        region: row("region"),
        city: row("city"),
        asn: row("asn") === "" ? row("as_number") : row("asn"),
        organisation: [row("org"), row("as_organization")],
      }),
    }),
  );
}

function replyOf(row: TableRow, path: string): StoredReply | null {
  const head = readHttpText(row("header") === "" ? row("banner") : row("header"));
  if (head === null) return null;
  return { ...head, path, body: row("body") === "" ? head.body : row("body") };
}
