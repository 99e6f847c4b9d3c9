import { httpEvent } from "../../model/make-event.ts";
import { type JsonObject, field } from "../bounded-value.ts";
import { clockMs, dayMs, digitsAt, monthAt, zoneAt } from "./civil-time.ts";
import type { JsonKind } from "./json-kind.ts";
import { isoMs, numberIn, textOf } from "./json-values.ts";
import { addressReader, countIn, portIn, splitTarget } from "./told-values.ts";

const METHOD = /^[A-Za-z][A-Za-z-]{0,31}$/u;

/**
 * nginx with a `log_format` in JSON whose keys are named as nginx's variables, which is what nearly everybody does: `remote_addr`, `request` or
 * `request_method` with `request_uri` or `uri`, `status`, and one of the times.
 */
export const NGINX_JSON: JsonKind = {
  id: "nginx-json",
  title: "nginx access log (JSON)",
  product: "nginx",
  programs: ["nginx"],
  marks: ['"remote_addr"', '"status"', '"request'],
  meaning() {
    const addresses = addressReader();
    return (object, head) => {
      const end = timeOf(object);
      if (end === null || textOf(object, "remote_addr", 64) === null) return "not-mine";
      const asked = requestOf(object);
      if (asked === null) return "pass";
      const seconds = numberIn(field(object, "request_time"));
      const durationMs = seconds === null || seconds < 0 ? null : seconds * 1000;
      return httpEvent(
        { ...head, at: Math.round(end - (durationMs ?? 0)), product: "nginx" },
        {
          ...asked,
          status: countIn(field(object, "status")),
          durationMs,
          sourceIp: addresses.of(textOf(object, "remote_addr", 64)),
          sourcePort: portIn(field(object, "remote_port")),
          destinationIp: addresses.of(textOf(object, "server_addr", 64)),
          destinationPort: portIn(field(object, "server_port")),
          host: textOf(object, "http_host", 256) ?? textOf(object, "host", 256),
          userAgent: textOf(object, "http_user_agent") ?? textOf(object, "user_agent"),
          origin: textOf(object, "http_origin", 512),
          requestBytes: countIn(field(object, "request_length")),
          responseBytes: countIn(field(object, "body_bytes_sent")) ?? countIn(field(object, "bytes_sent")),
          user: textOf(object, "remote_user", 256),
        },
      );
    };
  },
};

function requestOf(
  object: JsonObject,
): { readonly method: string; readonly path: string; readonly query: string | null } | null {
  const [method, target] = (textOf(object, "request", 65_536) ?? "").split(" ", 2);
  const told = textOf(object, "request_method", 64) ?? method ?? "";
  const uri = textOf(object, "request_uri", 65_536) ?? target ?? textOf(object, "uri", 65_536);
  if (!METHOD.test(told) || uri === null || uri === "") return null;
  return { method: told.toUpperCase(), ...splitTarget(uri) };
}

const TIME_KEYS = ["time_iso8601", "msec", "time_local", "@timestamp", "timestamp", "time", "ts"] as const;

/** When the answer was done. */
function timeOf(object: JsonObject): number | null {
  for (const key of TIME_KEYS) {
    const value = field(object, key);
    const seconds = numberIn(value);
    if (seconds !== null && seconds > 0) return seconds > 1e11 ? seconds : seconds * 1000;
    const ms = typeof value === "string" ? (isoMs(value) ?? clfTime(value)) : null;
    if (ms !== null) return ms;
  }
  return null;
}

/** `30/Jan/2026:10:05:11 +0000`. */
function clfTime(text: string): number | null {
  const day = dayMs(digitsAt(text, 7, 4), monthAt(text, 3), digitsAt(text, 0, 2));
  const zone = zoneAt(text, 21);
  const ms = day + clockMs(text, 12) - (zone?.minutes ?? Number.NaN) * 60_000;
  return Number.isNaN(ms) ? null : ms;
}
