import type { NetworkEvent } from "../../model/event.ts";
import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import { clockMs, dayMs, digitsAt } from "./civil-time.ts";
import type { RowCut } from "./row-cut.ts";
import { columnNamed, columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import type { ServerSide } from "./server-side.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, transportIn } from "./told-values.ts";
import { toldZone } from "./told-zone.ts";

/** Name of the log in events. */
const PRODUCT = "windows-firewall";
const ROOM = 32;
const HEADER = "#Fields: ";
const TITLE = "#Software: Microsoft Windows Firewall";
const MINUTE_MS = 60_000;
/** Fields of version 1.5, for a file whose head was cut off. */
const USUAL =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path".split(
    " ",
  );
const ROW =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} (?:ALLOW|DROP|OPEN|CLOSE|OPEN-INBOUND|INFO-EVENTS-LOST) [\w-]{1,12} [\da-f.:-]{1,45} /u;
const ACTIONS: Readonly<Record<string, NetworkEvent["action"]>> = {
  ALLOW: "allowed",
  OPEN: "allowed",
  "OPEN-INBOUND": "allowed",
  DROP: "blocked",
};

/** `pfirewall.log` of Windows: its header names the columns, its times are local. */
export const WINDOWS_FIREWALL: LogGrammar = {
  id: "windows-firewall",
  title: "Windows firewall log (pfirewall.log)",
  product: PRODUCT,
  recognise(rows) {
    if (rows.some((row) => row.startsWith(TITLE))) return 1;
    const full = rows.filter((row) => row !== "" && !row.startsWith("#"));
    return full.length === 0 ? 0 : full.filter((row) => ROW.test(row.slice(0, 128))).length / full.length;
  },
  read: readFirewall,
};

function columnsOf(names: readonly string[]) {
  return {
    date: names.indexOf("date"),
    time: names.indexOf("time"),
    action: names.indexOf("action"),
    protocol: names.indexOf("protocol"),
    source: columnNamed(names, "src-ip"),
    destination: columnNamed(names, "dst-ip"),
    sourcePort: names.indexOf("src-port"),
    destinationPort: names.indexOf("dst-port"),
    path: names.indexOf("path"),
    pid: names.indexOf("pid"),
  };
}

type Columns = ReturnType<typeof columnsOf>;

function readFirewall(setting: LogSetting): LogReader {
  const cut = rowCut(ROOM);
  const zone = toldZone(setting.zoneMinutes);
  const known = { cut, side: serverSide(setting), addresses: addressReader() };
  let columns = columnsOf(USUAL);
  let isUtc = false;

  const data = (row: LogRow, sink: LogSink): void => {
    cutRow(cut, row.text, " ");
    const local = timeOf(cut, columns);
    if (Number.isNaN(local)) return sink.reject(row, "not-of-this-log");
    const action = columnOf(cut, columns.action);
    if (!Object.hasOwn(ACTIONS, action)) return sink.pass();
    const at = isUtc ? local : local - (zone.at(local) ?? zone.assumed()) * MINUTE_MS;
    const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
    const head = { at, observer: null, product: PRODUCT, place };
    const rest = packetOf(known, columns, ACTIONS[action] ?? null);
    if (rest === null) sink.reject(row, "broken-row");
    else sink.event(networkEvent(head, rest));
  };

  return {
    row(row, sink) {
      const { text } = row;
      if (text.charCodeAt(0) !== 35) return text === "" ? sink.pass() : data(row, sink);
      if (text.startsWith(HEADER)) columns = columnsOf(text.slice(HEADER.length).trimEnd().split(" ", ROOM));
      else if (text.startsWith("#Time Format:")) isUtc = text.includes("UTC");
      sink.pass();
    },
    end: () => {},
    get zone() {
      return zone.words();
    },
  };
}

/** In the machine's own time; NaN when there is none. */
function timeOf(cut: RowCut, columns: Columns): number {
  const { date, time } = columns;
  if (date < 0 || time < 0 || date >= cut.count || time >= cut.count) return Number.NaN;
  const at = cut.starts[date]!;
  const { text } = cut;
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return Number.NaN;
  return (
    dayMs(digitsAt(text, at, 4), digitsAt(text, at + 5, 2), digitsAt(text, at + 8, 2)) +
    clockMs(text, cut.starts[time]!)
  );
}

interface Known {
  readonly cut: RowCut;
  readonly side: ServerSide;
  readonly addresses: AddressReader;
}

function packetOf({ cut, side, addresses }: Known, columns: Columns, action: NetworkEvent["action"]) {
  const sourceIp = addresses.at(cut.text, cut.starts[columns.source] ?? 0, cut.ends[columns.source] ?? 0);
  const destinationIp = addresses.at(
    cut.text,
    cut.starts[columns.destination] ?? 0,
    cut.ends[columns.destination] ?? 0,
  );
  if (cut.count <= columns.destination || sourceIp === null || destinationIp === null) return null;
  const transport = transportIn(columnOf(cut, columns.protocol));
  const hasPorts = transport === "tcp" || transport === "udp";
  const destinationPort = hasPorts ? portOf(cut, columns.destinationPort) : null;
  const path = columnOf(cut, columns.path);
  const direction = path === "RECEIVE" ? "inbound" : path === "SEND" ? "outbound" : null;
  const word = { direction, isDestinationOurs: path === "RECEIVE", isMade: action === "allowed" } as const;
  const pid = wholeOf(cut, columns.pid);
  return {
    sourceIp,
    sourcePort: hasPorts ? portOf(cut, columns.sourcePort) : null,
    destinationIp,
    destinationPort,
    transport,
    direction: side.direction({ sourceIp, destinationIp, destinationPort }, word),
    action,
    established: action === "blocked" ? false : null,
    pid: pid > 0 ? pid : null,
  };
}

function portOf(cut: RowCut, column: number): number | null {
  const port = wholeOf(cut, column);
  return port >= 0 && port <= 65_535 ? port : null;
}
