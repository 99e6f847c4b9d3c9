import type { JsonObject } from "../bounded-value.ts";
import { field, isObject } from "../bounded-value.ts";
import type { HttpEvent } from "../../model/event.ts";
import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { dnsEvent, httpEvent, networkEvent } from "../../model/make-event.ts";
import { isoTimeAt } from "./civil-time.ts";
import { SURICATA, turnedEnds, tellFlow } from "./eve-flow.ts";
import type { EveEnds } from "./eve-flow.ts";
import type { ObjectReader } from "./json-grammar.ts";
import { jsonGrammar, placeOf } from "./json-grammar.ts";
import type { ServerSide } from "./server-side.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, countIn, portIn, splitTarget, textIn, transportIn } from "./told-values.ts";
import { twinRequests } from "./twin-requests.ts";
import { questionOf } from "./zeek-values.ts";

const LONGEST_TEXT = 1 << 16;
const EVENT_TYPE = "event_type";
/** Questions of one row that are told. */
const MOST_QUESTIONS = 16;

/** Suricata's EVE log (`eve.json`), versions 4 to 8. */
export const SURICATA_EVE = jsonGrammar({
  id: "suricata-eve",
  title: "Suricata EVE JSON",
  product: SURICATA,
  lists: [],
  signs: [],
  isMine: (object) =>
    typeof field(object, EVENT_TYPE) === "string" &&
    typeof field(object, "timestamp") === "string" &&
    (field(object, "flow_id") !== undefined ||
      field(object, "src_ip") !== undefined ||
      field(object, "stats") !== undefined),
  read: (setting) => new EveReader(setting),
});

/** Reads one file; owns the requests that wait for their own row. */
class EveReader implements ObjectReader {
  readonly zone = null;
  readonly #source: number;
  readonly #side: ServerSide;
  readonly #addresses = addressReader();
  readonly #twins = twinRequests();

  constructor(setting: LogSetting) {
    this.#source = setting.source;
    this.#side = serverSide(setting);
  }

  object(object: JsonObject, row: LogRow, sink: LogSink): void {
    const stamp = textIn(field(object, "timestamp"), 64);
    const time = stamp === null ? null : isoTimeAt(stamp, 0);
    if (time === null) return sink.reject(row, "no-time");
    const ends = endsOf(object, this.#addresses);
    if (ends === null) return sink.pass();
    const observer = textIn(field(object, "host"), 255);
    const head = { at: time.ms, observer, product: SURICATA, place: placeOf(this.#source, row) };
    this.#tell(object, head, ends, sink);
  }

  end(sink: LogSink): void {
    this.#twins.end(sink);
  }

  #tell(object: JsonObject, head: EventHead, ends: EveEnds, sink: LogSink): void {
    switch (field(object, EVENT_TYPE)) {
      case "flow":
        return tellFlow(object, head, ends, this.#side, sink);
      case "alert":
      case "drop":
        return this.#alert(object, head, this.#asked(ends), sink);
      case "http": {
        const event = requestOf(object, head, ends);
        return event === null ? sink.pass() : this.#twins.whole(keyOf(object), event, sink);
      }
      case "fileinfo": {
        const event = requestOf(object, head, this.#asked(ends));
        return event === null ? sink.pass() : this.#twins.beside(keyOf(object), event, sink);
      }
      case "dns":
        return tellDns(object, head, ends, sink);
      default:
        return sink.pass();
    }
  }

  /** A file or an alert may have gone from the server to the client. */
  #asked(ends: EveEnds): EveEnds {
    return this.#side.isReversed(ends.sourcePort, ends.destinationPort) ? turnedEnds(ends) : ends;
  }

  /** A rule spoke of a packet; how much went to and fro its `flow` row tells. */
  #alert(object: JsonObject, head: EventHead, ends: EveEnds, sink: LogSink): void {
    const alert = field(object, "alert");
    const word = isObject(alert)
      ? field(alert, "action")
      : field(object, EVENT_TYPE) === "drop"
        ? "blocked"
        : undefined;
    const isBlocked = word === "blocked";
    sink.event(
      networkEvent(head, {
        ...ends,
        transport: transportIn(textIn(field(object, "proto"), 32) ?? ""),
        direction: this.#side.direction(ends, { direction: null, isDestinationOurs: false, isMade: false }),
        action: isBlocked ? "blocked" : word === "allowed" ? "allowed" : null,
        established: isBlocked ? false : null,
      }),
    );
    const request = requestOf(object, head, ends);
    if (request !== null) this.#twins.beside(keyOf(object), request, sink);
  }
}

function endsOf(object: JsonObject, addresses: AddressReader): EveEnds | null {
  const sourceIp = addresses.of(field(object, "src_ip"));
  const destinationIp = addresses.of(field(object, "dest_ip"));
  if (sourceIp === null || destinationIp === null) return null;
  const destinationPort = portIn(field(object, "dest_port"));
  return { sourceIp, sourcePort: portIn(field(object, "src_port")), destinationIp, destinationPort };
}

/** Rows of the same request have it alike. */
function keyOf(object: JsonObject): string {
  return `${String(countLike(field(object, "flow_id")))} ${String(countLike(field(object, "tx_id")))}`;
}

function countLike(value: unknown): string | number {
  return typeof value === "number" || typeof value === "string" ? value : "";
}

function requestOf(object: JsonObject, head: EventHead, ends: EveEnds): HttpEvent | null {
  const http = field(object, "http");
  if (!isObject(http)) return null;
  const text = (name: string): string | null => textIn(field(http, name), LONGEST_TEXT);
  const method = text("http_method");
  const url = text("url");
  if (method === null || url === null) return null;
  const { path, query } = splitTarget(url);
  const status = countIn(field(http, "status"));
  return httpEvent(head, {
    method: method.toUpperCase(),
    path,
    query,
    status: status !== null && status >= 100 && status <= 999 ? status : null,
    ...ends,
    host: text("hostname"),
    userAgent: text("http_user_agent"),
    origin: originOf(http),
    responseBytes: countIn(field(http, "length")),
  });
}

/** The Origin header, where the configuration has asked for it (`custom`, `dump-all-headers`). */
function originOf(http: JsonObject): string | null {
  const custom = textIn(field(http, "origin"), LONGEST_TEXT);
  const headers = field(http, "request_headers");
  if (custom !== null || !Array.isArray(headers)) return custom;
  for (const header of headers.slice(0, 64) as readonly unknown[]) {
    if (!isObject(header)) continue;
    if (textIn(field(header, "name"), 64)?.toLowerCase() === "origin")
      return textIn(field(header, "value"), LONGEST_TEXT);
  }
  return null;
}

/** Questions alone: of version 3 rows (Suricata 8) a list, of older ones a name. */
function tellDns(object: JsonObject, head: EventHead, ends: EveEnds, sink: LogSink): void {
  const dns = field(object, "dns");
  const kind = isObject(dns) ? field(dns, "type") : undefined;
  if (!isObject(dns) || !(kind === "query" || kind === "request")) {
    sink.pass();
    return;
  }
  const queries = field(dns, "queries");
  const named: readonly unknown[] = Array.isArray(queries) ? queries.slice(0, MOST_QUESTIONS) : [dns];
  let told = false;
  for (const one of named) {
    const name = isObject(one) ? textIn(field(one, "rrname"), 1024) : null;
    if (name === null) continue;
    told = true;
    sink.event(dnsEvent(head, { question: questionOf(name), sourceIp: ends.sourceIp }));
  }
  if (!told) sink.pass();
}
