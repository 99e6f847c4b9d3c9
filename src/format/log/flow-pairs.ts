import type { EventPlace, NetworkEvent } from "../../model/event.ts";
import type { LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import { isTcpEstablished } from "./flow-established.ts";
import type { FlowSide } from "./flow-established.ts";
import type { ServerSide } from "./server-side.ts";

/** What went one way between two ends, as meters write it: each connection is two of them. */
export interface FlowHalf extends FlowSide {
  /** First and last packet, ms since 1970. */
  readonly at: number;
  readonly endAt: number;
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly transport: string | null;
  /** Whether `flags` holds every flag of the header: AWS leaves ACK and PSH out. */
  readonly hasAllFlags: boolean;
  readonly action: NetworkEvent["action"];
  readonly observer: string | null;
  /** Whether the log calls the destination, or the source, one of its own. */
  readonly toOurs: boolean;
  readonly fromOurs: boolean;
  readonly place: EventPlace;
}

/** Halves that wait for their other half; beyond, the oldest is told alone. */
const MOST_WAITING = 8192;
/** Halves of one key; beyond, the first is told alone. */
const MOST_OF_A_KEY = 16;
/** A half waits until rows are so much younger. */
const WAIT_MS = 120_000;
/** Times in exports are cut to seconds. */
const SLACK_MS = 2000;

interface Waiting {
  readonly half: FlowHalf;
  readonly isReversed: boolean;
}

const SYN = 2;
const RST = 4;
const ACK = 16;
/** Ports below are services', ports from the other on are given to programs that ask (Linux; IANA's begin later). */
const FIRST_FREE = 1024;
const FIRST_ASKING = 32_768;

/** Joins the halves of one file into connections; owns those that wait for the other one. */
export class FlowPairs {
  readonly #product: string;
  readonly #side: ServerSide;
  readonly #waiting = new Map<string, Waiting[]>();
  #count = 0;
  #newest = 0;

  constructor(product: string, side: ServerSide) {
    this.#product = product;
    this.#side = side;
  }

  add(half: FlowHalf, sink: LogSink): void {
    if (half.sourcePort === null || half.destinationPort === null) return this.#tell(half, null, sink);
    const isReversed = isAnswer(half, this.#side);
    const key = keyOf(half, isReversed);
    const list = this.#waiting.get(key) ?? [];
    const match = list.findIndex((one) => one.isReversed !== isReversed && overlap(one.half, half));
    const other = list[match];
    if (other !== undefined) {
      list.splice(match, 1);
      this.#count -= 1;
      if (list.length === 0) this.#waiting.delete(key);
      return isReversed ? this.#tell(other.half, half, sink) : this.#tell(half, other.half, sink);
    }
    if (list.some((one) => one.isReversed === isReversed && isSame(one.half, half))) return sink.pass();
    this.#wait(key, list, { half, isReversed }, sink);
  }

  /** Tells what no other half came for. */
  end(sink: LogSink): void {
    while (this.#waiting.size > 0) this.#dropOldest(sink);
  }

  #wait(key: string, list: Waiting[], one: Waiting, sink: LogSink): void {
    list.push(one);
    this.#count += 1;
    if (list.length === 1) this.#waiting.set(key, list);
    if (list.length > MOST_OF_A_KEY) {
      const first = list.shift();
      this.#count -= 1;
      if (first !== undefined) this.#tellAlone(first, sink);
    }
    this.#newest = Math.max(this.#newest, one.half.endAt);
    while (this.#count > MOST_WAITING || this.#isStale()) this.#dropOldest(sink);
  }

  #isStale(): boolean {
    const oldest = this.#waiting.values().next().value?.[0];
    return oldest !== undefined && oldest.half.endAt < this.#newest - WAIT_MS;
  }

  #dropOldest(sink: LogSink): void {
    const first = this.#waiting.entries().next().value;
    if (first === undefined) return;
    const [key, list] = first;
    this.#waiting.delete(key);
    this.#count -= list.length;
    for (const one of list) this.#tellAlone(one, sink);
  }

  #tellAlone({ half, isReversed }: Waiting, sink: LogSink): void {
    if (isReversed) this.#tell(null, half, sink);
    else this.#tell(half, null, sink);
  }

  #tell(opener: FlowHalf | null, server: FlowHalf | null, sink: LogSink): void {
    const event = connectionOf(this.#product, this.#side, opener, server);
    if (event !== null) sink.event(event);
  }
}

/** The same for both halves: opener, server, transport and who saw them. */
function keyOf(half: FlowHalf, isReversed: boolean): string {
  const { sourceIp, sourcePort, destinationIp, destinationPort, transport, observer } = half;
  return isReversed
    ? `${destinationIp} ${destinationPort} ${sourceIp} ${sourcePort} ${transport} ${observer}`
    : `${sourceIp} ${sourcePort} ${destinationIp} ${destinationPort} ${transport} ${observer}`;
}

/** Whether a half went from the server: by the ports of model servers, else by the handshake, else by which port programs take for asking. */
function isAnswer(half: FlowHalf, side: ServerSide): boolean {
  const { sourcePort, destinationPort, flags } = half;
  if (side.isReversed(sourcePort, destinationPort)) return true;
  if (side.isReversed(destinationPort, sourcePort)) return false;
  if (flags !== null && (flags & SYN) !== 0 && (flags & ACK) === 0) return false;
  if (flags === (SYN | ACK) || flags === (RST | ACK)) return true;
  if (sourcePort === null || destinationPort === null || sourcePort >= destinationPort) return false;
  return sourcePort < FIRST_FREE || destinationPort >= FIRST_ASKING;
}

function overlap(a: FlowHalf, b: FlowHalf): boolean {
  return a.at <= b.endAt + SLACK_MS && b.at <= a.endAt + SLACK_MS;
}

/** Two meters on one way tell the same twice. */
function isSame(a: FlowHalf, b: FlowHalf): boolean {
  return a.at === b.at && a.bytes === b.bytes && a.packets === b.packets;
}

function connectionOf(
  product: string,
  side: ServerSide,
  opener: FlowHalf | null,
  server: FlowHalf | null,
): NetworkEvent | null {
  const half = opener ?? server;
  if (half === null) return null;
  const ends = opener === null ? turned(half) : half;
  const action = opener?.action === "blocked" || server?.action === "blocked" ? "blocked" : half.action;
  const established = action === "blocked" ? false : isMade(opener, server, half);
  const at = Math.min(half.at, server?.at ?? half.at);
  const endAt = Math.max(half.endAt, server?.endAt ?? half.endAt);
  const direction = side.direction(ends, {
    direction: null,
    isDestinationOurs: opener?.toOurs === true || server?.fromOurs === true,
    isMade: established === true,
  });
  return networkEvent(
    { at, observer: half.observer, product, place: half.place },
    {
      durationMs: endAt - at,
      sourceIp: ends.sourceIp,
      sourcePort: ends.sourcePort,
      destinationIp: ends.destinationIp,
      destinationPort: ends.destinationPort,
      transport: half.transport,
      direction,
      action,
      established,
      sourceBytes: opener?.bytes ?? null,
      destinationBytes: server?.bytes ?? null,
    },
  );
}

function turned(half: FlowHalf): Pick<FlowHalf, "sourceIp" | "sourcePort" | "destinationIp" | "destinationPort"> {
  return {
    sourceIp: half.destinationIp,
    sourcePort: half.destinationPort,
    destinationIp: half.sourceIp,
    destinationPort: half.sourcePort,
  };
}

function isMade(opener: FlowHalf | null, server: FlowHalf | null, half: FlowHalf): boolean | null {
  if (half.transport !== "tcp") return opener !== null && server !== null ? true : null;
  const isIpv6 = half.sourceIp.includes(":");
  if (opener === null || opener.hasAllFlags) return isTcpEstablished(opener, server, isIpv6);
  return isTcpEstablished({ packets: opener.packets, bytes: opener.bytes, flags: null }, server, isIpv6);
}
