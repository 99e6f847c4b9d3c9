import type { NetworkEvent } from "../../model/event.ts";
import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { isoTimeAt } from "./civil-time.ts";
import { filterEvent } from "./filter-packet.ts";
import type { RowHead, RowHeads } from "./local-rows.ts";
import { rowHeads } from "./local-rows.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, portAt } from "./told-values.ts";

/** Name of the log in events. */
export const PF = "pf";

const LONGEST_RULE = 256;
/** `rule 3/0(match): block in on em0: `, and OpenBSD's own `rule 3/(match) [uid 0, pid 1] block in on em0: `. */
const RULE =
  /^rule [\w.-]{1,128}\/\d{0,5}\(\w{1,32}\):? (?:\[[^\]]{0,64}\]:? )?(block|pass|rdr|nat|match|scrub) (in|out) on [\w.:-]{1,32}: /u;
const EPOCH = /^(\d{9,11})\.(\d{3})\d{0,6} $/u;

/** What tcpdump prints of `pflog0` (`tcpdump -n -e -tttt -i pflog0`); times of day alone, and distances between rows, name no day. */
export const PF_TCPDUMP: LogGrammar = {
  id: "pf-tcpdump",
  title: "pf log, as tcpdump prints pflog0",
  product: PF,
  recognise(rows) {
    const full = rows.filter((row) => row !== "");
    return full.length === 0 ? 0 : full.filter((row) => ruleIn(row) !== null).length / full.length;
  },
  read: readPf,
};

interface Rule {
  /** Index of `rule`. */
  readonly at: number;
  /** Index of the packet's words. */
  readonly packetAt: number;
  readonly action: NetworkEvent["action"];
  readonly way: "in" | "out";
}

function ruleIn(text: string): Rule | null {
  const at = text.startsWith("rule ") ? 0 : text.indexOf(" rule ") + 1;
  if (at === 0 && !text.startsWith("rule ")) return null;
  const found = RULE.exec(text.slice(at, at + LONGEST_RULE));
  if (found === null) return null;
  const [whole, word, way] = found;
  const action = word === "block" ? "blocked" : word === "pass" || word === "rdr" ? "allowed" : null;
  return { at, packetAt: at + whole.length, action, way: way === "in" ? "in" : "out" };
}

function readPf(setting: LogSetting): LogReader {
  const heads = rowHeads(setting);
  const side = serverSide(setting);
  const addresses = addressReader();

  const packet = (rule: Rule, head: RowHead, row: LogRow, sink: LogSink): void => {
    const told = packetOf(row.text, rule.packetAt, addresses);
    if (told === null) return sink.pass();
    const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
    sink.event(filterEvent({ ...head, ...told, product: PF, place, action: rule.action, way: rule.way }, side));
  };

  return {
    row(row, sink) {
      const rule = ruleIn(row.text);
      if (rule === null) return row.text === "" ? sink.pass() : sink.reject(row, "not-of-this-log");
      const head = headOf(row.text.slice(0, rule.at), heads);
      if (typeof head === "string") sink.reject(row, head);
      else packet(rule, head, row, sink);
    },
    end: () => {},
    get zone() {
      return heads.zone();
    },
  };
}

/** Times of tcpdump (`-tt`, `-tttt`), or a row of syslog around it. */
function headOf(text: string, heads: RowHeads): RowHead | "no-time" | "time-since-boot" {
  const epoch = EPOCH.exec(text.slice(0, 32));
  if (epoch !== null) return { at: Number(epoch[1]) * 1000 + Number(epoch[2]), observer: null };
  const time = isoTimeAt(text, 0);
  if (time === null || time.end !== text.length - 1) return heads.read(text);
  return { at: time.zoneMinutes === null ? heads.utcOf(time.ms) : time.ms, observer: null };
}

interface Told {
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly transport: string | null;
  readonly isAnswer: boolean | null;
  readonly isMidstream: boolean;
}

const FLAGS = /^Flags \[([A-Z.]{1,10}|none)\]/u;
/** OpenBSD's tcpdump: `S 123:123(0) win`, `. ack`, `P 1:2(1) ack`. */
const OLD_FLAGS = /^([SFPRWE.]{1,6}) (?:[\d:]{1,32}\(\d{1,6}\) |\[)?(ack )?/u;

/** `203.0.113.9.51514 > 192.0.2.10.11434: Flags [S], …`, perhaps with `IP ` or `IP6 ` before; `null` when it has no addresses. */
function packetOf(text: string, from: number, addresses: AddressReader): Told | null {
  const start = text.startsWith("IP ", from) ? from + 3 : text.startsWith("IP6 ", from) ? from + 4 : from;
  const arrow = text.indexOf(" > ", start);
  if (arrow === -1 || arrow - start > 64) return null;
  const end = text.indexOf(": ", arrow + 3);
  if (end === -1 || end - arrow > 72) return null;
  const source = endpointOf(text, start, arrow, addresses);
  const destination = endpointOf(text, arrow + 3, end, addresses);
  if (source === null || destination === null) return null;
  const ends = {
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
  };
  return { ...ends, ...protocolOf(text.slice(end + 2, end + 66), source.port !== null) };
}

function protocolOf(rest: string, hasPorts: boolean): Pick<Told, "transport" | "isAnswer" | "isMidstream"> {
  const flags = FLAGS.exec(rest)?.[1];
  if (flags !== undefined) return ofFlags(flags.includes("S"), flags.includes("."));
  const old = hasPorts && !rest.startsWith("UDP") ? OLD_FLAGS.exec(rest) : null;
  if (old !== null) return ofFlags((old[1] ?? "").includes("S"), old[2] !== undefined);
  if (hasPorts) return { transport: "udp", isAnswer: null, isMidstream: false };
  return { transport: rest.startsWith("ICMP") ? "icmp" : null, isAnswer: false, isMidstream: false };
}

function ofFlags(isSyn: boolean, isAck: boolean): Pick<Told, "transport" | "isAnswer" | "isMidstream"> {
  return { transport: "tcp", isAnswer: isSyn ? isAck : null, isMidstream: isAck && !isSyn };
}

/** `192.0.2.10.11434`, `2001:db8::10.11434`, or an address alone. */
function endpointOf(
  text: string,
  from: number,
  to: number,
  addresses: AddressReader,
): { readonly ip: string; readonly port: number | null } | null {
  const whole = addresses.at(text, from, to);
  if (whole !== null) return { ip: whole, port: null };
  const dot = text.lastIndexOf(".", to - 1);
  const port = dot <= from ? null : portAt(text, dot + 1, to);
  const ip = port === null ? null : addresses.at(text, from, dot);
  return ip === null ? null : { ip, port };
}
