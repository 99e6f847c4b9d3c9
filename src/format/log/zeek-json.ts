import type { JsonObject } from "../bounded-value.ts";
import { field } from "../bounded-value.ts";
import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { ObjectReader } from "./json-grammar.ts";
import { jsonGrammar, placeOf } from "./json-grammar.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, countIn, portIn, textIn, transportIn } from "./told-values.ts";
import type { ZeekConn, ZeekEnds, ZeekHttp, ZeekPath } from "./zeek-values.ts";
import { ZEEK, zeekTeller } from "./zeek-values.ts";
import { instantOfZeek } from "./zeek-time.ts";

const LONGEST_TEXT = 1 << 16;

/** Logs of Zeek in JSON, one object a row: its own names with dots, or Corelight's with underscores and the log's name in the row. */
export const ZEEK_JSON = jsonGrammar({
  id: "zeek-json",
  title: "Zeek and Corelight logs in JSON",
  product: ZEEK,
  lists: [],
  signs: [],
  isMine: (object) => endField(object, "orig_h") !== undefined && typeof field(object, "uid") === "string",
  read: readJson,
});

function readJson(setting: LogSetting): ObjectReader {
  const teller = zeekTeller(setting);
  const addresses = addressReader();
  return {
    object(object: JsonObject, row: LogRow, sink: LogSink) {
      const path = pathOf(object);
      if (path === null) return sink.pass();
      const at = instantOfZeek(field(object, "ts") ?? field(object, "@timestamp"));
      const ends = endsOf(object, addresses);
      if (at === null || ends === null) return sink.reject(row, "broken-row");
      const observer = textIn(field(object, "_system_name") ?? field(object, "@system"), 255);
      const head = { at, observer, product: ZEEK, place: placeOf(setting.source, row) };
      if (path === "conn") teller.conn(head, ends, connOf(object), sink);
      else if (path === "http") teller.http(head, ends, httpOf(object), sink);
      else teller.dns(head, ends, textIn(field(object, "query"), LONGEST_TEXT), sink);
    },
    end: () => {},
    zone: null,
  };
}

/** Which log a row is of: by its name, where the row has it, else by fields that no other log has; `null` = one that tells nothing here. */
function pathOf(object: JsonObject): ZeekPath | null {
  const named = field(object, "_path") ?? field(object, "@stream") ?? field(object, "@path");
  if (typeof named === "string") return named === "conn" || named === "http" || named === "dns" ? named : null;
  if (field(object, "conn_state") !== undefined) return "conn";
  if (field(object, "trans_depth") !== undefined && field(object, "request_body_len") !== undefined) return "http";
  return field(object, "rejected") !== undefined && field(object, "trans_id") !== undefined ? "dns" : null;
}

function endField(object: JsonObject, name: string): unknown {
  return field(object, `id.${name}`) ?? field(object, `id_${name}`);
}

function endsOf(object: JsonObject, addresses: AddressReader): ZeekEnds | null {
  const sourceIp = addresses.of(endField(object, "orig_h"));
  const destinationIp = addresses.of(endField(object, "resp_h"));
  if (sourceIp === null || destinationIp === null) return null;
  const sourcePort = portIn(endField(object, "orig_p"));
  return { sourceIp, sourcePort, destinationIp, destinationPort: portIn(endField(object, "resp_p")) };
}

function flagOf(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

function connOf(object: JsonObject): ZeekConn {
  const seconds = field(object, "duration");
  return {
    transport: transportIn(textIn(field(object, "proto"), 32) ?? ""),
    durationMs: typeof seconds === "number" && seconds >= 0 && seconds < 1e9 ? Math.round(seconds * 1000) : null,
    sourceBytes: countIn(field(object, "orig_bytes")),
    destinationBytes: countIn(field(object, "resp_bytes")),
    state: textIn(field(object, "conn_state"), 16),
    isSourceLocal: flagOf(field(object, "local_orig")),
    isDestinationLocal: flagOf(field(object, "local_resp")),
  };
}

function httpOf(object: JsonObject): ZeekHttp {
  const status = countIn(field(object, "status_code"));
  const text = (name: string): string | null => textIn(field(object, name), LONGEST_TEXT);
  return {
    method: text("method"),
    uri: text("uri"),
    host: text("host"),
    userAgent: text("user_agent"),
    origin: text("origin"),
    requestBytes: countIn(field(object, "request_body_len")),
    responseBytes: countIn(field(object, "response_body_len")),
    status: status !== null && status >= 100 && status <= 999 ? status : null,
    user: text("username"),
  };
}
