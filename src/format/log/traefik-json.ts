import { httpEvent } from "../../model/make-event.ts";
import { type JsonObject, field } from "../bounded-value.ts";
import { headerOf, isoMs, numberIn, textOf } from "./json-values.ts";
import type { JsonKind } from "./json-kind.ts";
import { addressReader, countIn, portIn, splitTarget } from "./told-values.ts";

const NANO_IN_MILLI = 1e6;
const LAST_COLON = /^\[?([\da-f.:]+)\]?:(\d{1,5})$/iu;

/**
 * Access log of Traefik in JSON. `ClientAddr` is the connection's; `ClientHost` is the word of X-Forwarded-For where one was sent, and counts as
 * claimed when it stands alone.
 */
export const TRAEFIK_JSON: JsonKind = {
  id: "traefik-json",
  title: "Traefik access log (JSON)",
  product: "traefik",
  programs: ["traefik"],
  marks: ['"RequestMethod":', '"RequestPath":', '"DownstreamStatus":'],
  meaning() {
    const addresses = addressReader();
    return (object, head) => {
      const method = textOf(object, "RequestMethod", 64);
      const target = textOf(object, "RequestPath", 65_536);
      const nanos = numberIn(field(object, "Duration"));
      const at = timeOf(object, nanos ?? 0);
      if (method === null || target === null || at === null) return "pass";
      const [, address, port] = LAST_COLON.exec(textOf(object, "ClientAddr", 64) ?? "") ?? [];
      const connection = addresses.of(address);
      const { path, query } = splitTarget(target);
      return httpEvent(
        { ...head, at, product: "traefik" },
        {
          method: method.toUpperCase(),
          path,
          query,
          status: countIn(field(object, "DownstreamStatus")),
          durationMs: nanos === null || nanos < 0 ? null : nanos / NANO_IN_MILLI,
          sourceIp: connection ?? addresses.of(textOf(object, "ClientHost", 64)),
          sourcePort: connection === null ? null : portIn(port),
          sourceTrust: connection === null ? "claimed" : "connection",
          destinationPort: portIn(field(object, "RequestPort")),
          host: textOf(object, "RequestHost", 256),
          userAgent: headerOf(object, "request_User-Agent", "request_user-agent"),
          origin: headerOf(object, "request_Origin", "request_origin"),
          requestBytes: countIn(field(object, "RequestContentSize")),
          responseBytes: countIn(field(object, "DownstreamContentSize")),
          user: textOf(object, "ClientUsername", 256),
        },
      );
    };
  },
};

/** When the request came; `time` alone is when it was done. */
function timeOf(object: JsonObject, nanos: number): number | null {
  const start = isoMs(textOf(object, "StartUTC", 64)) ?? isoMs(textOf(object, "StartLocal", 64));
  if (start !== null) return start;
  const end = isoMs(textOf(object, "time", 64));
  return end === null ? null : Math.round(end - nanos / NANO_IN_MILLI);
}
