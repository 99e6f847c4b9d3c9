import type { EventPlace } from "../../model/event.ts";
import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import type { Queued } from "./arrival-queue.ts";
import { ArrivalQueue } from "./arrival-queue.ts";
import type { FlowSide } from "./flow-established.ts";
import type { ServerSide } from "./server-side.ts";
import { serverSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { addressReader, portAt, transportIn } from "./told-values.ts";
import { wholeAt } from "./row-cut.ts";

/** Name of the log in events. */
const CONNTRACK = "conntrack";
/** Connections that are open at once and remembered; beyond, the oldest is told as it stands. */
const MOST_OPEN = 8192;
const ROW =
  /^\[(\d{9,11})\.(\d{3})\d{0,6}\]\s{0,8}\[(NEW|UPDATE|DESTROY)\] (?:ipv[46] {1,8}\d{1,3} )?([a-z0-9-]{2,16}) {1,8}\d{1,3} /u;
const WITHOUT_TIME = /^\s{0,8}\[(?:NEW|UPDATE|DESTROY)\] /u;
const HEAD_LENGTH = 96;

/** What `conntrack -E -o timestamp` prints: connections of this machine and those that pass it, with their addresses behind NAT. */
export const CONNTRACK_EVENTS: LogGrammar = {
  id: "conntrack-events",
  title: "Connections of the kernel (conntrack -E -o timestamp)",
  product: CONNTRACK,
  recognise(rows) {
    const full = rows.filter((row) => row !== "");
    return full.length === 0 ? 0 : full.filter((row) => ROW.test(row.slice(0, HEAD_LENGTH))).length / full.length;
  },
  read: (setting) => new ConntrackReader(setting),
};

interface Connection extends Queued {
  readonly key: string;
  readonly at: number;
  endAt: number;
  readonly transport: string | null;
  /** Who opened it, and whom he asked for. */
  readonly asked: Tuple;
  /** Who answers, and to whom: another than was asked for when NAT stands between. */
  readonly answers: Tuple;
  isMade: boolean;
  opener: FlowSide;
  server: FlowSide;
  readonly place: EventPlace;
}

interface Tuple {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number | null;
  readonly toPort: number | null;
  readonly packets: number | null;
  readonly bytes: number | null;
  /** Index behind it. */
  readonly end: number;
}

/** Reads one file; owns the connections that are open. */
class ConntrackReader implements LogReader {
  readonly zone = null;
  readonly #source: number;
  readonly #side: ServerSide;
  readonly #addresses = addressReader();
  readonly #open = new Map<string, Connection>();
  readonly #queue = new ArrivalQueue<Connection>();

  constructor(setting: LogSetting) {
    this.#source = setting.source;
    this.#side = serverSide(setting);
  }

  row(row: LogRow, sink: LogSink): void {
    const head = ROW.exec(row.text.slice(0, HEAD_LENGTH));
    if (head !== null) this.#read(row, head, sink);
    else if (row.text === "") sink.pass();
    else sink.reject(row, WITHOUT_TIME.test(row.text) ? "no-time" : "not-of-this-log");
  }

  end(sink: LogSink): void {
    for (let one = this.#queue.oldest(); one !== undefined; one = this.#queue.oldest()) this.#tell(one, false, sink);
  }

  #read(row: LogRow, head: RegExpExecArray, sink: LogSink): void {
    const asked = tupleAt(row.text, head[0].length, this.#addresses);
    const answers = asked === null ? null : tupleAt(row.text, asked.end, this.#addresses);
    if (asked === null || answers === null) return sink.reject(row, "broken-row");
    const at = Number(head[1]) * 1000 + Number(head[2]);
    const transport = transportIn(head[4] ?? "");
    const key = `${transport} ${asked.from} ${asked.fromPort} ${asked.to} ${asked.toPort}`;
    const place = { source: this.#source, line: row.line, offset: row.offset, text: row.text };
    const known = this.#open.get(key);
    const connection = known ?? newConnection({ key, at, transport, asked, answers, place });
    connection.endAt = Math.max(connection.endAt, at);
    if (isMade(row.text, transport)) connection.isMade = true;
    connection.opener = { packets: asked.packets, bytes: asked.bytes, flags: null };
    connection.server = { packets: answers.packets, bytes: answers.bytes, flags: null };
    if (known === undefined) this.#add(connection, sink);
    if (head[3] === "DESTROY") this.#tell(connection, true, sink);
    else sink.pass();
  }

  #add(connection: Connection, sink: LogSink): void {
    this.#open.set(connection.key, connection);
    this.#queue.push(connection);
    const oldest = this.#queue.size > MOST_OPEN ? this.#queue.oldest() : undefined;
    if (oldest !== undefined) this.#tell(oldest, false, sink);
  }

  #tell(connection: Connection, isEnded: boolean, sink: LogSink): void {
    this.#open.delete(connection.key);
    this.#queue.done(connection);
    sink.event(eventOf(connection, isEnded, this.#side));
  }
}

function newConnection(
  begun: Pick<Connection, "key" | "at" | "transport" | "asked" | "answers" | "place">,
): Connection {
  const none = { packets: null, bytes: null, flags: null };
  return { ...begun, endAt: begun.at, isMade: false, isDone: false, opener: none, server: none };
}

/** A handshake that was finished; of other transports an answer. */
function isMade(text: string, transport: string | null): boolean {
  if (transport === "tcp") return text.includes(" ESTABLISHED ") || text.includes("[ASSURED]");
  return !text.includes("[UNREPLIED]");
}

const LONGEST_TUPLE = 320;
const KEYS = [" src=", " dst=", " sport=", " dport=", " packets=", " bytes="] as const;

/** `src=… dst=… sport=… dport=… [packets=… bytes=…]`, the next one at or behind `from`; `null` when there is none. */
function tupleAt(text: string, from: number, addresses: AddressReader): Tuple | null {
  const begin = text.indexOf("src=", from);
  if (begin === -1) return null;
  const next = text.indexOf(" src=", begin + 4);
  const end = Math.min(next === -1 ? text.length : next, begin + LONGEST_TUPLE);
  const part = ` ${text.slice(begin, end)} `;
  const spans = KEYS.map((key) => {
    const at = part.indexOf(key);
    return at === -1 ? [0, 0] : [at + key.length, part.indexOf(" ", at + key.length)];
  });
  const [src = [0, 0], dst = [0, 0], sport = [0, 0], dport = [0, 0], packets = [0, 0], bytes = [0, 0]] = spans;
  const fromIp = addresses.at(part, src[0] ?? 0, src[1] ?? 0);
  const toIp = addresses.at(part, dst[0] ?? 0, dst[1] ?? 0);
  if (fromIp === null || toIp === null) return null;
  return {
    from: fromIp,
    to: toIp,
    fromPort: portAt(part, sport[0] ?? 0, sport[1] ?? 0),
    toPort: portAt(part, dport[0] ?? 0, dport[1] ?? 0),
    packets: countAt(part, packets),
    bytes: countAt(part, bytes),
    end,
  };
}

function countAt(text: string, [from = 0, to = 0]: readonly number[]): number | null {
  const count = wholeAt(text, from, to);
  return count === -1 ? null : count;
}

/** The destination is who answers: behind DNAT (a published port of a container) that is the server itself. */
function eventOf(connection: Connection, isEnded: boolean, side: ServerSide) {
  const { at, endAt, asked, answers, transport, place, opener, server } = connection;
  const ends = {
    sourceIp: asked.from,
    sourcePort: asked.fromPort,
    destinationIp: answers.from,
    destinationPort: answers.fromPort,
  };
  const established = connection.isMade ? true : isEnded ? false : null;
  const word = { direction: null, isDestinationOurs: false, isMade: established === true };
  return networkEvent(
    { at, observer: null, product: CONNTRACK, place },
    {
      durationMs: isEnded ? endAt - at : null,
      ...ends,
      transport,
      direction: side.direction(ends, word),
      established,
      sourceBytes: opener.bytes,
      destinationBytes: server.bytes,
    },
  );
}
