import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { field } from "../bounded-value.ts";
import { digitsAt, isoTimeAt } from "./civil-time.ts";
import { FlowPairs } from "./flow-pairs.ts";
import { jsonGrammar } from "./json-grammar.ts";
import type { RowCut } from "./row-cut.ts";
import { columnNamed, columnOf, cutRow, rowCut, wholeOf } from "./row-cut.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, textIn, transportIn } from "./told-values.ts";

/** Name of the log in events. */
const AWS = "aws-vpc-flow";

/** Columns that a custom format may have are fewer than 50. */
const ROOM = 64;
/** The default format, version 2. */
const DEFAULT_FIELDS =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status".split(
    " ",
  );
/** Names by which a header of the log is known, whatever its order. */
const KNOWN_FIELDS = new Set([
  ...DEFAULT_FIELDS,
  "vpc-id",
  "subnet-id",
  "instance-id",
  "tcp-flags",
  "type",
  "pkt-srcaddr",
  "pkt-dstaddr",
  "flow-direction",
  "traffic-path",
  "pkt-src-aws-service",
  "pkt-dst-aws-service",
  "region",
  "az-id",
]);
const LEAST_KNOWN = 4;
const UNSET = "-";

/** Flow logs of an AWS VPC as S3 holds them: a header and space-separated rows; without header the default format of version 2. */
export const AWS_VPC_FLOW: LogGrammar = {
  id: "aws-vpc-flow",
  title: "AWS VPC flow logs",
  product: AWS,
  recognise,
  read(setting) {
    const reader = flowRows(setting);
    return {
      row: (row, sink) => {
        reader.row(row, sink);
      },
      end: (sink) => {
        reader.end(sink);
      },
      zone: null,
    };
  },
};

/** The same rows inside of what CloudWatch Logs exports as JSON: `events`, `logEvents`, or one event a row. */
export const AWS_VPC_FLOW_JSON = jsonGrammar({
  id: "aws-vpc-flow-json",
  title: "AWS VPC flow logs, exported from CloudWatch as JSON",
  product: AWS,
  lists: ["events", "logEvents"],
  signs: [],
  isMine(object) {
    const message = textIn(field(object, "message"), 4096);
    return message !== null && (isDefaultRow(message) || isHeader(message));
  },
  read(setting) {
    const reader = flowRows(setting);
    return {
      object(object, row, sink) {
        const message = textIn(field(object, "message"), 4096) ?? "";
        reader.row({ line: row.line, offset: row.offset, text: message }, sink);
      },
      end: (sink) => {
        reader.end(sink);
      },
      zone: null,
    };
  },
});

function recognise(rows: readonly string[]): number {
  let mine = 0;
  let full = 0;
  for (const text of rows) {
    if (text === "") continue;
    if (full === 0 && isHeader(text)) return 1;
    full += 1;
    if (isDefaultRow(withoutTime(text))) mine += 1;
  }
  return full === 0 ? 0 : mine / full;
}

function isHeader(text: string): boolean {
  const names = text.split(" ", ROOM);
  return names.filter((name) => KNOWN_FIELDS.has(dashed(name))).length >= Math.max(LEAST_KNOWN, names.length / 2);
}

/** Athena and Parquet write names with underscores. */
function dashed(name: string): string {
  return name.replaceAll("_", "-");
}

const VERSION = /^\d{1,2}$/u;
const ACTION = /^(?:ACCEPT|REJECT|-)$/u;
const STATUS = /^(?:OK|NODATA|SKIPDATA)$/u;
const SECONDS = /^\d{9,11}$/u;

function isDefaultRow(text: string): boolean {
  const words = text.slice(0, 512).split(" ", ROOM);
  const [start = "", end = "", action = "", status = ""] = words.slice(10);
  if (words.length !== DEFAULT_FIELDS.length || !VERSION.test(words[0] ?? "")) return false;
  return SECONDS.test(start) && SECONDS.test(end) && ACTION.test(action) && STATUS.test(status);
}

/** Exports of CloudWatch to S3 begin each row with the time of the message. */
function withoutTime(text: string): string {
  if (text.charCodeAt(4) !== 45 || digitsAt(text, 0, 4) === -1) return text;
  const time = isoTimeAt(text, 0);
  return time !== null && text.charCodeAt(time.end) === 32 ? text.slice(time.end + 1) : text;
}

/** Columns by what is asked of them; -1 = the format has none such. */
interface Columns {
  readonly srcaddr: number;
  readonly dstaddr: number;
  readonly pktSrcaddr: number;
  readonly pktDstaddr: number;
  readonly srcport: number;
  readonly dstport: number;
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
  readonly action: number;
  readonly status: number;
  readonly flags: number;
  readonly direction: number;
  readonly instance: number;
  readonly nic: number;
}

function columnsOf(names: readonly string[]): Columns {
  const at = (...wanted: readonly string[]): number => columnNamed(names, ...wanted);
  return {
    srcaddr: at("srcaddr"),
    dstaddr: at("dstaddr"),
    pktSrcaddr: at("pkt-srcaddr"),
    pktDstaddr: at("pkt-dstaddr"),
    srcport: at("srcport"),
    dstport: at("dstport"),
    protocol: at("protocol"),
    packets: at("packets"),
    bytes: at("bytes"),
    start: at("start"),
    end: at("end"),
    action: at("action"),
    status: at("log-status"),
    flags: at("tcp-flags"),
    direction: at("flow-direction"),
    instance: at("instance-id"),
    nic: at("interface-id"),
  };
}

type FlowRows = Pick<LogReader, "row" | "end">;

function flowRows(setting: LogSetting): FlowRows {
  const cut = rowCut(ROOM);
  const addresses = addressReader();
  const pairs = new FlowPairs(AWS, serverSide(setting));
  let columns = columnsOf(DEFAULT_FIELDS);
  let width = DEFAULT_FIELDS.length;

  return {
    row(row, sink) {
      const text = withoutTime(row.text);
      const first = text.charCodeAt(0);
      if (!(first >= 48 && first <= 57) && isHeader(text)) {
        const names = text.split(" ", ROOM).map(dashed);
        columns = columnsOf(names);
        width = names.length;
        sink.pass();
      } else if (text === "") sink.pass();
      else if (cutRow(cut, text, " ") < width) sink.reject(row, "short-row");
      else tellRow({ cut, columns, addresses, pairs, source: setting.source }, row, sink);
    },
    end: (sink) => {
      pairs.end(sink);
    },
  };
}

interface FlowRow {
  readonly cut: RowCut;
  readonly columns: Columns;
  readonly addresses: AddressReader;
  readonly pairs: FlowPairs;
  readonly source: number;
}

/** A row that says NODATA or SKIPDATA has no ends. */
function tellRow(flow: FlowRow, row: LogRow, sink: LogSink): void {
  const { cut, columns } = flow;
  const status = columnOf(cut, columns.status);
  if (status === "NODATA" || status === "SKIPDATA") return sink.pass();
  const startSeconds = wholeOf(cut, columns.start);
  const endSeconds = wholeOf(cut, columns.end);
  const start = startSeconds === -1 ? endSeconds : startSeconds;
  const sourceIp = addressOf(flow, columns.pktSrcaddr, columns.srcaddr);
  const destinationIp = addressOf(flow, columns.pktDstaddr, columns.dstaddr);
  if (start === -1 || start > 253_402_300_799 || sourceIp === null || destinationIp === null)
    return sink.reject(row, "broken-row");
  const way = columnOf(cut, columns.direction);
  const action = columnOf(cut, columns.action);
  const flags = wholeOf(cut, columns.flags);
  const transport = transportIn(columnOf(cut, columns.protocol));
  const hasPorts = transport === "tcp" || transport === "udp";
  flow.pairs.add(
    {
      at: start * 1000,
      endAt: Math.max(start, endSeconds) * 1000,
      sourceIp,
      sourcePort: hasPorts ? portOf(cut, columns.srcport) : null,
      destinationIp,
      destinationPort: hasPorts ? portOf(cut, columns.dstport) : null,
      transport,
      packets: countOf(cut, columns.packets),
      bytes: countOf(cut, columns.bytes),
      flags: flags === -1 ? null : flags,
      hasAllFlags: false,
      action: action === "REJECT" ? "blocked" : action === "ACCEPT" ? "allowed" : null,
      observer: observerOf(cut, columns),
      toOurs: way === "ingress",
      fromOurs: way === "egress",
      place: { source: flow.source, line: row.line, offset: row.offset, text: row.text },
    },
    sink,
  );
}

/** Behind a load balancer or NAT the packet's own address is the stranger's, the interface's that of the middle. */
function addressOf(flow: FlowRow, packet: number, nic: number): string | null {
  const { cut, addresses } = flow;
  const own =
    packet === -1 || packet >= cut.count ? null : addresses.at(cut.text, cut.starts[packet]!, cut.ends[packet]!);
  return own ?? (nic === -1 ? null : addresses.at(cut.text, cut.starts[nic]!, cut.ends[nic]!));
}

function observerOf(cut: RowCut, columns: Columns): string | null {
  const instance = columnOf(cut, columns.instance);
  if (instance !== "" && instance !== UNSET) return instance;
  const nic = columnOf(cut, columns.nic);
  return nic === "" || nic === UNSET ? null : nic;
}

function portOf(cut: RowCut, column: number): number | null {
  const port = wholeOf(cut, column);
  return port >= 0 && port <= 65_535 ? port : null;
}

function countOf(cut: RowCut, column: number): number | null {
  const count = wholeOf(cut, column);
  return count === -1 ? null : count;
}
