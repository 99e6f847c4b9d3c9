import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { RowCut } from "./row-cut.ts";
import { columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, transportIn } from "./told-values.ts";
import type { ZeekEnds, ZeekPath } from "./zeek-values.ts";
import { ZEEK, ZEEK_PATHS, zeekTeller } from "./zeek-values.ts";
import { instantOfZeek } from "./zeek-time.ts";

/** Columns of a row that are looked at; Zeek's own have about 30. */
const ROOM = 128;
const SEPARATOR = /^#separator (\\x[\da-f]{2}|.)$/iu;

/** Tab-separated logs of Zeek (`conn.log`, `http.log`, `dns.log`), by their own headers. */
export const ZEEK_TSV: LogGrammar = {
  id: "zeek-tsv",
  title: "Zeek logs, tab-separated",
  product: ZEEK,
  recognise(rows) {
    const named = rows.findIndex((row) => row.startsWith("#path"));
    const path = named === -1 ? "" : (rows[named] ?? "").slice("#path".length + 1);
    return rows[0]?.startsWith("#separator ") === true && isPath(path) ? 1 : 0;
  },
  read: readTsv,
};

/** What the header above a row told. */
interface Header {
  separator: string;
  unset: string;
  empty: string;
  path: string;
  names: readonly string[];
}

/** Columns by what is asked of them; -1 = the log has none such. */
type Columns = Readonly<Record<(typeof ASKED)[number], number>>;
const ASKED = [
  "ts",
  "id.orig_h",
  "id.orig_p",
  "id.resp_h",
  "id.resp_p",
  "proto",
  "duration",
  "orig_bytes",
  "resp_bytes",
  "conn_state",
  "local_orig",
  "local_resp",
  "method",
  "host",
  "uri",
  "user_agent",
  "origin",
  "username",
  "request_body_len",
  "response_body_len",
  "status_code",
  "query",
] as const;

interface TsvRow {
  readonly cut: RowCut;
  readonly header: Header;
  readonly columns: Columns;
}

function readTsv(setting: LogSetting): LogReader {
  const cut = rowCut(ROOM);
  const header: Header = { separator: "\t", unset: "-", empty: "(empty)", path: "", names: [] };
  const teller = zeekTeller(setting);
  const addresses = addressReader();
  let columns = columnsOf([]);

  const data = (row: LogRow, sink: LogSink): void => {
    const { path } = header;
    if (!isPath(path)) return header.path === "" ? sink.reject(row, "no-header") : sink.pass();
    if (cutRow(cut, row.text, header.separator) < header.names.length) return sink.reject(row, "short-row");
    const at = instantOfZeek(columnOf(cut, columns.ts));
    const ends = endsOf(cut, columns, addresses);
    if (at === null || ends === null) return sink.reject(row, "broken-row");
    const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
    const head = { at, observer: null, product: ZEEK, place };
    const told = { cut, header, columns };
    if (path === "conn") teller.conn(head, ends, connOf(told), sink);
    else if (path === "http") teller.http(head, ends, httpOf(told), sink);
    else teller.dns(head, ends, valueOf(told, columns.query), sink);
  };

  return {
    row(row, sink) {
      if (row.text.charCodeAt(0) !== 35) return row.text === "" ? sink.pass() : data(row, sink);
      if (readHeader(header, row.text)) columns = columnsOf(header.names);
      sink.pass();
    },
    end: () => {},
    zone: null,
  };
}

function isPath(path: string): path is ZeekPath {
  return ZEEK_PATHS.some((known) => known === path);
}

/** Takes a line of the header; whether it named the columns. */
function readHeader(header: Header, text: string): boolean {
  const separator = SEPARATOR.exec(text.slice(0, 32))?.[1];
  if (separator !== undefined) {
    const code = separator.length > 1 ? Number.parseInt(separator.slice(2), 16) : separator.charCodeAt(0);
    Object.assign(header, { separator: String.fromCharCode(code), path: "", names: [] });
    return true;
  }
  const [name = "", ...values] = text.split(header.separator, ROOM + 1);
  const first = values[0] ?? "";
  if (name === "#path") header.path = first;
  else if (name === "#unset_field") header.unset = first;
  else if (name === "#empty_field") header.empty = first;
  else if (name === "#fields") header.names = values;
  return name === "#fields";
}

function columnsOf(names: readonly string[]): Columns {
  const columns: Partial<Record<(typeof ASKED)[number], number>> = {};
  for (const name of ASKED) columns[name] = names.indexOf(name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was given a column just now
  return columns as Columns;
}

function endsOf(cut: RowCut, columns: Columns, addresses: AddressReader): ZeekEnds | null {
  const from = columns["id.orig_h"];
  const to = columns["id.resp_h"];
  if (from === -1 || to === -1) return null;
  const sourceIp = addresses.at(cut.text, cut.starts[from]!, cut.ends[from]!);
  const destinationIp = addresses.at(cut.text, cut.starts[to]!, cut.ends[to]!);
  if (sourceIp === null || destinationIp === null) return null;
  const sourcePort = portOf(cut, columns["id.orig_p"]);
  return { sourceIp, sourcePort, destinationIp, destinationPort: portOf(cut, columns["id.resp_p"]) };
}

function portOf(cut: RowCut, column: number): number | null {
  const port = wholeOf(cut, column);
  return port >= 0 && port <= 65_535 ? port : null;
}

function countOf(cut: RowCut, column: number): number | null {
  const count = wholeOf(cut, column);
  return count === -1 ? null : count;
}

/** `null` = the log has no such column, or the row leaves it unset. */
function valueOf({ cut, header }: TsvRow, column: number): string | null {
  if (column === -1) return null;
  const value = columnOf(cut, column);
  return value === header.unset || value === "" ? null : value === header.empty ? "" : value;
}

function flagOf(row: TsvRow, column: number): boolean | null {
  const value = valueOf(row, column);
  return value === null ? null : value === "T";
}

function connOf(row: TsvRow): Parameters<ReturnType<typeof zeekTeller>["conn"]>[2] {
  const { cut, columns } = row;
  const duration = valueOf(row, columns.duration);
  const seconds = duration === null ? Number.NaN : Number(duration);
  return {
    transport: transportIn(columnOf(cut, columns.proto)),
    durationMs: seconds >= 0 && seconds < 1e9 ? Math.round(seconds * 1000) : null,
    sourceBytes: countOf(cut, columns.orig_bytes),
    destinationBytes: countOf(cut, columns.resp_bytes),
    state: valueOf(row, columns.conn_state),
    isSourceLocal: flagOf(row, columns.local_orig),
    isDestinationLocal: flagOf(row, columns.local_resp),
  };
}

function httpOf(row: TsvRow): Parameters<ReturnType<typeof zeekTeller>["http"]>[2] {
  const { cut, columns } = row;
  const status = wholeOf(cut, columns.status_code);
  return {
    method: valueOf(row, columns.method),
    uri: valueOf(row, columns.uri),
    host: valueOf(row, columns.host),
    userAgent: valueOf(row, columns.user_agent),
    origin: valueOf(row, columns.origin),
    requestBytes: countOf(cut, columns.request_body_len),
    responseBytes: countOf(cut, columns.response_body_len),
    status: status >= 100 && status <= 999 ? status : null,
    user: valueOf(row, columns.username),
  };
}
