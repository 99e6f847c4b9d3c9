import type { JsonObject } from "../bounded-value.ts";
import { field } from "../bounded-value.ts";
import type { LogSetting } from "../../model/log-grammar.ts";
import type { ZonedTime } from "./civil-time.ts";
import { isoTimeAt } from "./civil-time.ts";
import { flagsIn } from "./flow-established.ts";
import type { ObjectReader } from "./json-grammar.ts";
import { jsonGrammar, placeOf } from "./json-grammar.ts";
import type { NfdumpFlow } from "./nfdump-half.ts";
import { NFDUMP, nfdumpTeller } from "./nfdump-half.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, countIn, portIn, textIn, transportIn } from "./told-values.ts";

/** Output of `nfdump -o json` (one list of objects over many lines) and `-o ndjson`, 1.6 (`t_first`) and 1.7 (`first`). */
export const NFDUMP_JSON = jsonGrammar({
  id: "nfdump-json",
  title: "NetFlow and IPFIX, nfdump -o json",
  product: NFDUMP,
  lists: [],
  signs: [],
  isMine: (object) =>
    firstOf(object) !== undefined &&
    (field(object, "src4_addr") ?? field(object, "src6_addr") ?? field(object, "type")) !== undefined &&
    (field(object, "in_packets") ?? field(object, "in_bytes") ?? field(object, "event")) !== undefined,
  read: readNfdump,
});

function firstOf(object: JsonObject): unknown {
  return field(object, "first") ?? field(object, "t_first");
}

function readNfdump(setting: LogSetting): ObjectReader {
  const teller = nfdumpTeller(setting);
  const addresses = addressReader();
  return {
    object(object, row, sink) {
      const flow = flowOf(object, addresses);
      if (flow === null) sink.reject(row, "broken-row");
      else teller.flow(flow, placeOf(setting.source, row), sink);
    },
    end: (sink) => {
      teller.end(sink);
    },
    get zone() {
      return teller.zone();
    },
  };
}

function flowOf(object: JsonObject, addresses: AddressReader): NfdumpFlow | null {
  const start = timeIn(firstOf(object));
  const end = timeIn(field(object, "last") ?? field(object, "t_last"));
  const sourceIp = addresses.of(field(object, "src4_addr") ?? field(object, "src6_addr"));
  const destinationIp = addresses.of(field(object, "dst4_addr") ?? field(object, "dst6_addr"));
  if (start === null || sourceIp === null || destinationIp === null) return null;
  const transport = transportIn(String(countIn(field(object, "proto")) ?? ""));
  const hasPorts = transport === "tcp" || transport === "udp" || transport === "sctp";
  const flags = textIn(field(object, "tcp_flags"), 16);
  return {
    localMs: start.ms,
    localEndMs: end?.ms ?? start.ms,
    zoneMinutes: start.zoneMinutes === null ? null : 0,
    sourceIp,
    destinationIp,
    sourcePort: !hasPorts ? null : portIn(field(object, "src_port")),
    destinationPort: !hasPorts ? null : portIn(field(object, "dst_port")),
    transport,
    packets: countIn(field(object, "in_packets")),
    bytes: countIn(field(object, "in_bytes")),
    flags: flags === null || transport !== "tcp" ? null : flagsIn(flags),
    backPackets: countIn(field(object, "out_packets")),
    backBytes: countIn(field(object, "out_bytes")),
    forwarding: countIn(field(object, "fwd_status")),
    observer: addresses.of(field(object, "ip4_router") ?? field(object, "ip6_router")),
  };
}

function timeIn(value: unknown): ZonedTime | null {
  const text = textIn(value, 40);
  const time = text === null ? null : isoTimeAt(text, 0);
  return time === null || time.ms < 0 ? null : time;
}
