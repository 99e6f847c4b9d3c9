import type { EventPlace } from "../../model/event.ts";
import type { LogGrammar, LogReader, LogSetting } from "../../model/log-grammar.ts";
import { filterEvent } from "./filter-packet.ts";
import type { FilterPacket } from "./filter-packet.ts";
import type { InnerGrammar } from "./inner-grammar.ts";
import type { RowHead } from "./local-rows.ts";
import { rowHeads } from "./local-rows.ts";
import { PF } from "./pf-tcpdump.ts";
import type { RowCut } from "./row-cut.ts";
import { columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, transportIn } from "./told-values.ts";

const ROOM = 32;
const PROGRAM = "filterlog";
/** Behind the program: its number, or what RFC 5424 puts there, then the first column, a rule's number. */
const PAYLOAD = /^filterlog(?:\[\d{1,10}\])?: |^filterlog \S{1,16} \S{1,32} (?:-|\[[^\]]{0,256}\]) /u;
const LEAST = 17;

/**
 * The filter log of pfSense and OPNsense in a file of its own (`/var/log/filter.log`) or as a syslog host gets it, without host name.
 *
 * @see docs.netgate.com, monitoring/logs/raw-filter-format
 */
export const PF_FILTERLOG: LogGrammar = {
  id: "pf-filterlog",
  title: "Filter log of pfSense and OPNsense",
  product: PF,
  recognise(rows) {
    const full = rows.filter((row) => row !== "");
    return full.length === 0 ? 0 : full.filter((row) => payloadAt(row) !== null).length / full.length;
  },
  read: readFilterlog,
};

/** The same rows as messages in syslog. */
export const PF_FILTERLOG_INNER: InnerGrammar = {
  id: "pf-filterlog",
  programs: [PROGRAM],
  read(setting) {
    const known = { cut: rowCut(ROOM), side: serverSide(setting), addresses: addressReader() };
    return {
      message(text, { at, observer }, row, sink) {
        const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
        const packet = packetOf(text, { at, observer }, place, known);
        if (typeof packet !== "string") sink.event(filterEvent(packet, known.side));
        else if (packet === "pass") sink.pass();
        else sink.reject(row, packet);
        return true;
      },
      end: () => {},
    };
  },
};

interface Payload {
  /** Index of the program's name. */
  readonly programAt: number;
  /** Index of the first column. */
  readonly at: number;
}

function payloadAt(text: string): Payload | null {
  const programAt = text.indexOf(PROGRAM);
  if (programAt < 15) return null;
  const found = PAYLOAD.exec(text.slice(programAt, programAt + 384));
  return found === null ? null : { programAt, at: programAt + found[0].length };
}

function readFilterlog(setting: LogSetting): LogReader {
  const heads = rowHeads(setting);
  const known = { cut: rowCut(ROOM), side: serverSide(setting), addresses: addressReader() };
  return {
    row(row, sink) {
      const payload = payloadAt(row.text);
      if (payload === null) return row.text === "" ? sink.pass() : sink.reject(row, "not-of-this-log");
      const head = heads.read(row.text.slice(0, payload.programAt));
      if (typeof head === "string") return sink.reject(row, head);
      const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
      const packet = packetOf(row.text.slice(payload.at), head, place, known);
      if (typeof packet !== "string") sink.event(filterEvent(packet, known.side));
      else if (packet === "pass") sink.pass();
      else sink.reject(row, packet);
    },
    end: () => {},
    get zone() {
      return heads.zone();
    },
  };
}

/** Where the columns behind the ninth stand, which depend on the version of IP. */
const LAYOUTS = {
  4: { protocol: 16, source: 18, destination: 19, sourcePort: 20, destinationPort: 21, flags: 23 },
  6: { protocol: 12, source: 15, destination: 16, sourcePort: 17, destinationPort: 18, flags: 20 },
} as const;

function packetOf(
  text: string,
  head: RowHead,
  place: EventPlace,
  { cut, addresses }: { readonly cut: RowCut; readonly addresses: AddressReader },
): FilterPacket | "pass" | "broken-row" {
  if (cutRow(cut, text, ",") < LEAST) return "broken-row";
  const version = columnOf(cut, 8);
  if (version !== "4" && version !== "6") return "broken-row";
  const layout = LAYOUTS[version];
  const sourceIp = addresses.at(text, cut.starts[layout.source] ?? 0, cut.ends[layout.source] ?? 0);
  const destinationIp = addresses.at(text, cut.starts[layout.destination] ?? 0, cut.ends[layout.destination] ?? 0);
  if (cut.count <= layout.destination || sourceIp === null || destinationIp === null) return "broken-row";
  const transport = transportIn(columnOf(cut, layout.protocol));
  const hasPorts = transport === "tcp" || transport === "udp";
  const flags = transport === "tcp" ? columnOf(cut, layout.flags) : "";
  const isSyn = flags.includes("S");
  const isAck = flags.includes("A") || flags.includes(".");
  const action = columnOf(cut, 6);
  const way = columnOf(cut, 7);
  return {
    ...head,
    product: PF,
    place,
    sourceIp,
    sourcePort: hasPorts ? portOf(cut, layout.sourcePort) : null,
    destinationIp,
    destinationPort: hasPorts ? portOf(cut, layout.destinationPort) : null,
    transport,
    action:
      action === "block" || action === "reject" ? "blocked" : action === "pass" || action === "rdr" ? "allowed" : null,
    way: way === "in" || way === "out" ? way : null,
    isAnswer: isSyn ? isAck : null,
    isMidstream: isAck && !isSyn,
  };
}

function portOf(cut: RowCut, column: number): number | null {
  const port = wholeOf(cut, column);
  return port >= 0 && port <= 65_535 ? port : null;
}
