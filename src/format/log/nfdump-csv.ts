import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { digitsAt, isoTimeAt } from "./civil-time.ts";
import type { ZonedTime } from "./civil-time.ts";
import { flagsIn } from "./flow-established.ts";
import type { NfdumpFlow } from "./nfdump-half.ts";
import { NFDUMP, nfdumpTeller } from "./nfdump-half.ts";
import type { RowCut } from "./row-cut.ts";
import { columnNamed, columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, transportIn } from "./told-values.ts";

/** `-o csv` has 48 columns. */
const ROOM = 64;
const DASH = 45;
/** How the summary below the rows begins: `Summary`, its own header, `No matched flows`. */
const FOOTER = /^(?:Summary|flows,bytes|No matched|Time window|Total flows|Sys:|Date first)/u;

/** Output of `nfdump -o csv`, 1.6 to 1.7: each connection is two rows, and the times are local. */
export const NFDUMP_CSV: LogGrammar = {
  id: "nfdump-csv",
  title: "NetFlow and IPFIX, nfdump -o csv",
  product: NFDUMP,
  recognise: (rows) => (rows.some((row) => isHeader(row)) ? 1 : 0),
  read: readCsv,
};

function isHeader(text: string): boolean {
  if (!text.includes(",")) return false;
  const columns = columnsOf(text.split(",", ROOM));
  return columns.start !== -1 && columns.source !== -1 && columns.destination !== -1;
}

/** Columns by what is asked of them; -1 = the version has none such. Names: 1.6 and 1.7 up to 1.7.3, then those of 1.7.4. */
function columnsOf(names: readonly string[]) {
  const at = (...wanted: readonly string[]): number => columnNamed(names, ...wanted);
  return {
    start: at("ts", "firstSeen"),
    end: at("te", "lastSeen"),
    duration: at("td", "duration"),
    source: at("sa", "srcAddr"),
    destination: at("da", "dstAddr"),
    sourcePort: at("sp", "srcPort"),
    destinationPort: at("dp", "dstPort"),
    protocol: at("pr", "proto"),
    flags: at("flg", "flags"),
    forwarding: at("fwd"),
    packets: at("ipkt", "packets", "inPackets"),
    bytes: at("ibyt", "bytes", "inBytes"),
    backPackets: at("opkt", "outPackets"),
    backBytes: at("obyt", "outBytes"),
    /** Counted from the end: rows are not cut so far. */
    exporterFromEnd: names.includes("ra") ? names.length - names.indexOf("ra") : 0,
  };
}

type Columns = ReturnType<typeof columnsOf>;

function readCsv(setting: LogSetting): LogReader {
  const cut = rowCut(ROOM);
  const addresses = addressReader();
  const teller = nfdumpTeller(setting);
  let columns: Columns | null = null;
  let width = ROOM;

  const data = (row: LogRow, sink: LogSink): void => {
    if (columns === null) return sink.reject(row, "no-header");
    cutRow(cut, row.text, ",", width);
    const flow = flowOf(cut, columns, addresses);
    if (flow === null) return sink.reject(row, "broken-row");
    teller.flow(flow, { source: setting.source, line: row.line, offset: row.offset, text: row.text }, sink);
  };

  return {
    row(row, sink) {
      const { text } = row;
      if (text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH && digitsAt(text, 0, 4) >= 0)
        return data(row, sink);
      if (isHeader(text)) {
        columns = columnsOf(text.split(",", ROOM));
        const { exporterFromEnd: _, ...cutColumns } = columns;
        width = Math.max(...Object.values(cutColumns)) + 1;
      } else if (text !== "" && !FOOTER.test(text) && !isSummary(text)) return sink.reject(row, "not-of-this-log");
      sink.pass();
    },
    end: (sink) => {
      teller.end(sink);
    },
    get zone() {
      return teller.zone();
    },
  };
}

const SUMMARY = /^\d{1,20}(?:,\d{1,20}){3,8}$/u;

function isSummary(text: string): boolean {
  return SUMMARY.test(text);
}

function flowOf(cut: RowCut, columns: Columns, addresses: AddressReader): NfdumpFlow | null {
  const start = timeOf(cut, columns.start);
  const sourceIp = addressOf(cut, columns.source, addresses);
  const destinationIp = addressOf(cut, columns.destination, addresses);
  if (start === null || sourceIp === null || destinationIp === null) return null;
  const transport = transportIn(columnOf(cut, columns.protocol).trim());
  const hasPorts = transport === "tcp" || transport === "udp" || transport === "sctp";
  const exporter = addresses.of(wordFromEnd(cut.text, columns.exporterFromEnd));
  return {
    localMs: start.ms,
    localEndMs: endOf(cut, columns, start.ms),
    zoneMinutes: start.zoneMinutes === null ? null : 0,
    sourceIp,
    destinationIp,
    sourcePort: hasPorts ? portOf(cut, columns.sourcePort) : null,
    destinationPort: hasPorts ? portOf(cut, columns.destinationPort) : null,
    transport,
    packets: countOf(cut, columns.packets),
    bytes: countOf(cut, columns.bytes),
    flags: columns.flags === -1 || transport !== "tcp" ? null : flagsIn(columnOf(cut, columns.flags)),
    backPackets: countOf(cut, columns.backPackets),
    backBytes: countOf(cut, columns.backBytes),
    forwarding: countOf(cut, columns.forwarding),
    observer: exporter === "0.0.0.0" || exporter === "::" ? null : exporter,
  };
}

/** The column alone: a comma behind seconds would be taken for that of a fraction. */
function timeOf(cut: RowCut, column: number): ZonedTime | null {
  const text = columnOf(cut, column);
  const time = isoTimeAt(text, 0);
  return time === null || time.end !== text.length || time.ms < 0 ? null : time;
}

/** The column that stands so many from the end; empty = none. */
function wordFromEnd(text: string, place: number): string {
  let to = text.length;
  let from = to + 1;
  for (let count = 0; count < place && from > 0; count += 1) {
    to = from - 1;
    from = text.lastIndexOf(",", to - 1) + 1;
  }
  return place === 0 ? "" : text.slice(from, to).trim();
}

/** End of a flow: its own column, or beginning and duration in seconds. */
function endOf(cut: RowCut, columns: Columns, startMs: number): number {
  const end = timeOf(cut, columns.end);
  const seconds = Number(columnOf(cut, columns.duration));
  const lasted = seconds >= 0 && seconds < 1e9 ? startMs + Math.round(seconds * 1000) : startMs;
  return Math.max(lasted, end?.ms ?? startMs);
}

/** 1.6 pads addresses with spaces. */
function addressOf(cut: RowCut, column: number, addresses: AddressReader): string | null {
  if (column < 0 || column >= cut.count) return null;
  let from = cut.starts[column]!;
  let to = cut.ends[column]!;
  while (from < to && cut.text.charCodeAt(from) === 32) from += 1;
  while (to > from && cut.text.charCodeAt(to - 1) === 32) to -= 1;
  return addresses.at(cut.text, from, to);
}

function portOf(cut: RowCut, column: number): number | null {
  const port = countOf(cut, column);
  return port === null || port > 65_535 ? null : port;
}

function countOf(cut: RowCut, column: number): number | null {
  const count = wholeOf(cut, column);
  if (count !== -1) return count;
  const padded = columnOf(cut, column).trim();
  return padded !== "" && /^\d{1,15}$/u.test(padded) ? Number(padded) : null;
}
