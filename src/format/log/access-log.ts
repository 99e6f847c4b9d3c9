import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { httpEvent } from "../../model/make-event.ts";
import { type ClfRow, ClfText } from "./clf-text.ts";
import { goDurationOf } from "./go-duration.ts";
import { closingQuote } from "./go-quoted.ts";
import type { LineKind, LineTeller } from "./line-kind.ts";
import { portIn } from "./told-values.ts";

const SPACE = 32;
const QUOTE = 34;
const DIGITS = /^\d{1,15}$/u;

/** nginx and Apache write the same rows: `203.0.113.9 - - [30/Jan/2026:10:05:11 +0000] "GET /api/tags HTTP/1.1" 200 12 "-" "curl"`. */
export const ACCESS_LOG: LineKind = {
  id: "access-log",
  title: "Access log of nginx or Apache (common, combined, with virtual hosts)",
  product: "access-log",
  programs: ["nginx", "apache2", "httpd", "apache"],
  teller: (setting) => new AccessTeller(setting),
};

/** Traefik's rows in the common format end with a count, the router, the server and a duration. */
export const TRAEFIK_COMMON: LineKind = {
  id: "traefik-common",
  title: "Traefik access log, common format",
  product: "traefik",
  programs: ["traefik"],
  teller: (setting) => new TraefikTeller(setting),
};

/** Owns the memory of one file. */
class AccessTeller implements LineTeller {
  readonly #text = new ClfText();
  readonly #source: number;

  constructor(setting: LogSetting) {
    this.#source = setting.source;
  }

  tell(text: string, observer: string | null, row: LogRow, sink: LogSink): boolean {
    if (!this.#text.read(text)) return false;
    const found = this.#text.row;
    if (traefikTail(text, found.end) !== null) return false;
    if (found.method === null) {
      sink.pass();
      return true;
    }
    const host = hostOf(found.virtualHost);
    const place = { source: this.#source, line: row.line, offset: row.offset, text: row.text };
    sink.event(
      httpEvent(
        { at: found.ms, observer, product: ACCESS_LOG.product, place },
        { ...requestOf(found, found.method), sourceIp: found.sourceIp, ...host },
      ),
    );
    return true;
  }
}

/** Owns the memory of one file. */
class TraefikTeller implements LineTeller {
  readonly #text = new ClfText();
  readonly #source: number;

  constructor(setting: LogSetting) {
    this.#source = setting.source;
  }

  tell(text: string, observer: string | null, row: LogRow, sink: LogSink): boolean {
    if (!this.#text.read(text)) return false;
    const found = this.#text.row;
    const durationMs = traefikTail(text, found.end);
    if (durationMs === null) return false;
    if (found.method === null) {
      sink.pass();
      return true;
    }
    const place = { source: this.#source, line: row.line, offset: row.offset, text: row.text };
    sink.event(
      httpEvent(
        { at: found.ms, observer, product: TRAEFIK_COMMON.product, place },
        // Traefik puts the client's X-Forwarded-For here when its sender is trusted to set one.
        { ...requestOf(found, found.method), durationMs, sourceIp: found.sourceIp, sourceTrust: "claimed" },
      ),
    );
    return true;
  }
}

function requestOf(found: ClfRow, method: string): Parameters<typeof httpEvent>[1] {
  return {
    method,
    path: found.path,
    query: found.query,
    status: found.status,
    responseBytes: found.bytes,
    userAgent: found.userAgent,
    user: found.user,
  };
}

function hostOf(virtualHost: string | null): { readonly host: string | null; readonly destinationPort: number | null } {
  if (virtualHost === null) return { host: null, destinationPort: null };
  const colon = virtualHost.lastIndexOf(":");
  const port = colon === -1 ? null : portIn(virtualHost.slice(colon + 1));
  return { host: port === null ? virtualHost : virtualHost.slice(0, colon), destinationPort: port };
}

/** Milliseconds at the end of `1 "router" "http://172.17.0.2:11434" 12ms`; `null` when the row does not go on so. */
function traefikTail(text: string, from: number): number | null {
  if (text.charCodeAt(from) !== SPACE) return null;
  const count = text.indexOf(" ", from + 1);
  if (count === -1 || !DIGITS.test(text.slice(from + 1, Math.min(count, from + 17)))) return null;
  let at = count + 1;
  for (let quoted = 0; quoted < 2; quoted += 1) {
    const close = text.charCodeAt(at) === QUOTE ? closingQuote(text, at) : -1;
    if (close === -1 || text.charCodeAt(close + 1) !== SPACE) return null;
    at = close + 2;
  }
  const durationMs = goDurationOf(text.slice(at, at + 64));
  return Number.isNaN(durationMs) ? null : durationMs;
}
