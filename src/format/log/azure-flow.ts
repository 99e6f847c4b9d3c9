import type { JsonObject } from "../bounded-value.ts";
import { field, isObject } from "../bounded-value.ts";
import type { LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import type { FlowSide } from "./flow-established.ts";
import { isTcpEstablished } from "./flow-established.ts";
import type { ObjectReader } from "./json-grammar.ts";
import { jsonGrammar } from "./json-grammar.ts";
import type { RowCut } from "./row-cut.ts";
import { columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import type { ServerSide } from "./server-side.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, transportIn } from "./told-values.ts";

/** Name of the log in events. */
const AZURE = "azure-flow";

/** Tuples have 8 columns (version 1) or 13 (version 2 and virtual networks). */
const ROOM = 16;
const LEAST = 8;
/** A number of seconds below it, of milliseconds above. */
const MOST_SECONDS = 1e11;
const LAST_MS = 253_402_300_800_000;

/**
 * Flow logs of Azure: of network security groups (versions 1 and 2) and of virtual networks (version 4). A file is one document, whose
 * `records` hold comma-separated tuples; each tuple is a row.
 *
 * @see learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview, nsg-flow-logs-overview
 */
export const AZURE_FLOW = jsonGrammar({
  id: "azure-flow",
  title: "Azure NSG and VNet flow logs",
  product: AZURE,
  lists: ["records"],
  signs: ['"flowTuples"', '"NetworkSecurityGroupFlowEvent"', '"FlowLogFlowEvent"'],
  isMine: (object) => {
    const category = field(object, "category");
    return category === "NetworkSecurityGroupFlowEvent" || category === "FlowLogFlowEvent";
  },
  read: readAzure,
});

function readAzure(setting: LogSetting): ObjectReader {
  const side = serverSide(setting);
  const addresses = addressReader();
  const cut = rowCut(ROOM);
  return {
    object(object, row, sink) {
      const isNetwork = field(object, "category") === "FlowLogFlowEvent";
      let tuples = 0;
      for (const tuple of tuplesOf(object)) {
        tuples += 1;
        const place: LogRow = { line: row.line, offset: row.offset, text: tuple };
        if (cutRow(cut, tuple, ",") < LEAST) sink.reject(place, "short-row");
        else tellTuple({ cut, addresses, side, isNetwork, source: setting.source }, place, sink);
      }
      if (tuples === 0) sink.pass();
    },
    end: () => {},
    zone: null,
  };
}

/** The texts of `properties.flows[].flows[].flowTuples[]`, or of `flowRecords.flows[].flowGroups[].flowTuples[]`. */
function* tuplesOf(record: JsonObject): Generator<string> {
  const holder = field(record, "flowRecords") ?? field(record, "properties");
  for (const rule of objectsIn(holder, "flows")) {
    const groups = Object.hasOwn(rule, "flowGroups") ? "flowGroups" : "flows";
    for (const group of objectsIn(rule, groups)) {
      const tuples = field(group, "flowTuples");
      if (!Array.isArray(tuples)) continue;
      for (const tuple of tuples as readonly unknown[]) if (typeof tuple === "string") yield tuple;
    }
  }
}

function objectsIn(holder: unknown, name: string): readonly JsonObject[] {
  const list = isObject(holder) ? field(holder, name) : undefined;
  return Array.isArray(list) ? (list as readonly unknown[]).filter((one) => isObject(one)) : [];
}

interface Tuple {
  readonly cut: RowCut;
  readonly addresses: AddressReader;
  readonly side: ServerSide;
  /** Of a virtual network: state and encryption in columns 7 and 8, no decision. */
  readonly isNetwork: boolean;
  readonly source: number;
}

/** Columns of counts: from the opener, then from the server; each packets, bytes. */
const COUNTS = 9;
const BEGIN = "B";

function tellTuple(tuple: Tuple, row: LogRow, sink: LogSink): void {
  const { cut, addresses, side, isNetwork } = tuple;
  const stamp = wholeOf(cut, 0);
  const at = stamp < MOST_SECONDS ? stamp * 1000 : stamp;
  const sourceIp = addresses.at(cut.text, cut.starts[1]!, cut.ends[1]!);
  const destinationIp = addresses.at(cut.text, cut.starts[2]!, cut.ends[2]!);
  if (stamp === -1 || at >= LAST_MS || sourceIp === null || destinationIp === null)
    return sink.reject(row, "broken-row");
  const transport = transportOf(columnOf(cut, 5));
  const way = columnOf(cut, 6);
  const state = columnOf(cut, isNetwork ? 7 : 8);
  const isBlocked = isNetwork ? state === "D" : columnOf(cut, 7) === "D";
  const opener = sideAt(cut, COUNTS);
  const server = sideAt(cut, COUNTS + 2);
  const isIpv6 = sourceIp.includes(":");
  const established = isBlocked ? false : state === BEGIN ? null : isMade(transport, opener, server, isIpv6);
  const destinationPort = portOf(cut, 4);
  const word = { direction: null, isDestinationOurs: way === "I", isMade: !isBlocked };
  const place = { source: tuple.source, line: row.line, offset: row.offset, text: row.text };
  sink.event(
    networkEvent(
      { at, observer: null, product: AZURE, place },
      {
        sourceIp,
        sourcePort: portOf(cut, 3),
        destinationIp,
        destinationPort,
        transport,
        direction: side.direction({ sourceIp, destinationIp, destinationPort }, word),
        action: isBlocked ? "blocked" : "allowed",
        established,
        sourceBytes: opener.bytes,
        destinationBytes: server.bytes,
      },
    ),
  );
}

function isMade(transport: string | null, opener: FlowSide, server: FlowSide, isIpv6: boolean): boolean | null {
  if (opener.packets === null || server.packets === null) return null;
  if (server.packets === 0) return false;
  if (opener.packets === 0) return null;
  return transport === "tcp" ? isTcpEstablished(opener, server, isIpv6) : true;
}

function transportOf(word: string): string | null {
  return word === "T" ? "tcp" : word === "U" ? "udp" : transportIn(word);
}

function sideAt(cut: RowCut, column: number): FlowSide {
  const packets = wholeOf(cut, column);
  const bytes = wholeOf(cut, column + 1);
  return { packets: packets === -1 ? null : packets, bytes: bytes === -1 ? null : bytes, flags: null };
}

function portOf(cut: RowCut, column: number): number | null {
  const port = wholeOf(cut, column);
  return port >= 0 && port <= 65_535 ? port : null;
}
