import type { Instant } from "../model/instant.ts";
import type { StoredReply } from "../model/reply.ts";
import { readHttpText } from "./http-text.ts";
import { instantIn } from "./record-instant.ts";
import {
  addressIn,
  claimOf,
  lookOf,
  type LookReading,
  PASSED_OVER,
  portIn,
  taken,
  together,
  wrong,
} from "./stored-look.ts";
import { attribute, childrenOf, isXmlRecord, type XmlElement } from "./xml-element.ts";

/** The scanner that wrote a file of nmap's shape; masscan writes the same. */
export type XmlScanner = "nmap" | "masscan";

/**
 * Reads one `host` of nmap's XML: each open TCP port. A service that nmap only looked up by its number (`method="table"`) names nothing; one
 * that it probed is a claim. Of several addresses IPv4 counts.
 *
 * @see nmap/nmap docs/nmap.dtd; robertdavidgraham/masscan src/out-xml.c, whose `addrtype` always says `ipv4`
 */
export function readXmlHost(value: unknown, scanner: XmlScanner): LookReading {
  if (!isXmlRecord(value) || value.root.name !== "nmaprun" || attribute(value.root, "scanner") !== scanner)
    return wrong("", `is not a host of ${scanner}'s XML`);
  const { root, element } = value;
  const ports = childrenOf(element, "ports").flatMap((one) => childrenOf(one, "port"));
  if (ports.length === 0) return PASSED_OVER;
  const address = addressOf(element);
  if (address === null) return wrong("address", "is no IP address");
  const seen =
    instantIn(attribute(element, "endtime")) ??
    instantIn(attribute(element, "starttime")) ??
    instantIn(attribute(root, "start"));
  if (seen === null) return wrong("endtime", "is no moment");
  return together(ports.map((port, index) => readPort(port, { address, seen, at: `port[${index}]` })));
}

function addressOf(host: XmlElement): string | null {
  const all = childrenOf(host, "address");
  const v4 = all.find((one) => attribute(one, "addrtype") === "ipv4");
  const v6 = all.find((one) => attribute(one, "addrtype") === "ipv6");
  return addressIn(attribute(v4 ?? v6, "addr"));
}

interface Around {
  readonly address: string;
  readonly seen: Instant;
  readonly at: string;
}

function readPort(element: XmlElement, { address, seen, at }: Around): LookReading {
  const state = attribute(childrenOf(element, "state")[0], "state");
  if (state !== "open" || attribute(element, "protocol") !== "tcp") return PASSED_OVER;
  const port = portIn(attribute(element, "portid"));
  if (port === null) return wrong(`${at}.portid`, "is no port between 1 and 65535");
  const [service] = childrenOf(element, "service");
  const isProbed = attribute(service, "method") === "probed";
  const name = attribute(service, "name");
  const isTls = attribute(service, "tunnel") === "ssl" || name === "https" || name === "ssl" || name === "X509";
  return taken(
    lookOf({
      scheme: isTls ? "https" : null,
      address,
      port,
      seen_at: seen,
      replies: replyOf(attribute(service, "banner")),
      claim: claimOf({
        products: isProbed ? [attribute(service, "product")] : [],
        version: isProbed ? attribute(service, "version") : null,
        title: scriptOutput(element, "http-title") ?? (name === "title" ? attribute(service, "banner") : null),
        server: scriptOutput(element, "http-server-header"),
      }),
    }),
  );
}

/** masscan's banner of an HTTP service is the beginning of the answer to `/`. */
function replyOf(banner: string | null): readonly StoredReply[] {
  const head = banner === null ? null : readHttpText(banner);
  return head === null ? [] : [{ ...head, path: "/" }];
}

/** What a script printed, its first line. */
function scriptOutput(port: XmlElement, id: string): string | null {
  const script = childrenOf(port, "script").find((one) => attribute(one, "id") === id);
  return attribute(script, "output")?.trim().split(/\r?\n/u, 1)[0] ?? null;
}
