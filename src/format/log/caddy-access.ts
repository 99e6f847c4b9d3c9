import { httpEvent } from "../../model/make-event.ts";
import { field } from "../bounded-value.ts";
import { goDurationOf } from "./go-duration.ts";
import type { JsonKind } from "./json-kind.ts";
import { headerOf, isoMs, numberIn, objectOf, textOf } from "./json-values.ts";
import { addressReader, countIn, portIn, splitTarget } from "./told-values.ts";

const ACCESS = "http.log.access";
const LAST_COLON = /^\[?([\da-f.:]+)\]?:(\d{1,5})$/iu;

/** Access log of Caddy 2: `remote_ip` is the connection's, `client_ip` may be a header's word and is not taken. */
export const CADDY_ACCESS: JsonKind = {
  id: "caddy-access",
  title: "Caddy access log (JSON)",
  product: "caddy",
  programs: ["caddy"],
  marks: ['"logger":"', '"ts":', '"level":"'],
  meaning() {
    const addresses = addressReader();
    return (object, head) => {
      const logger = textOf(object, "logger", 256) ?? "";
      if (!logger.startsWith(ACCESS)) return "pass";
      const request = objectOf(object, "request");
      const method = textOf(request, "method", 64);
      const target = textOf(request, "uri", 65_536);
      const end = timeOf(field(object, "ts"));
      if (method === null || target === null || end === null) return "pass";
      const durationMs = durationOf(field(object, "duration"));
      const peer = peerOf(textOf(request, "remote_ip"), field(request, "remote_port"), textOf(request, "remote_addr"));
      const headers = objectOf(request, "headers");
      const { path, query } = splitTarget(target);
      return httpEvent(
        { ...head, at: Math.round(end - (durationMs ?? 0)), product: "caddy" },
        {
          method: method.toUpperCase(),
          path,
          query,
          status: countIn(field(object, "status")),
          durationMs,
          sourceIp: addresses.of(peer.address),
          sourcePort: portIn(peer.port),
          host: textOf(request, "host", 256),
          userAgent: headerOf(headers, "User-Agent"),
          origin: headerOf(headers, "Origin"),
          requestBytes: countIn(field(object, "bytes_read")),
          responseBytes: countIn(field(object, "size")),
          user: textOf(object, "user_id", 256),
        },
      );
    };
  },
};

/** Before 2.5 address and port stood together. */
function peerOf(
  address: string | null,
  port: unknown,
  both: string | null,
): { readonly address: string | null; readonly port: unknown } {
  if (address !== null) return { address, port };
  const [, joined, joinedPort] = LAST_COLON.exec(both ?? "") ?? [];
  return joined === undefined ? { address: null, port: null } : { address: joined, port: joinedPort };
}

/** `ts` in seconds (the default), or in one of the encoder's other formats. */
function timeOf(value: unknown): number | null {
  if (typeof value === "string") return isoMs(value.replaceAll("/", "-")) ?? timeOf(numberIn(value));
  const number = numberIn(value);
  if (number === null || number < 0) return null;
  return number > 1e17 ? number / 1e6 : number > 1e11 ? number : number * 1000;
}

/** Seconds (the default), or Go's own words. */
function durationOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value * 1000 : null;
  if (typeof value !== "string") return null;
  const words = goDurationOf(value);
  return Number.isNaN(words) ? null : words;
}
