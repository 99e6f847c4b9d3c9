import type { EventPlace, NetworkEvent } from "../../model/event.ts";
import type { LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import type { Queued } from "./arrival-queue.ts";
import { ArrivalQueue } from "./arrival-queue.ts";
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
/** Halves of one sum; beyond, the first is told alone. */
const MOST_ALIKE = 16;
/** A half waits until rows are so much younger. */
const WAIT_MS = 120_000;
/** So many rows behind the newest: the log is not in the order of time, or one row lies, and no half is given up for its age. */
const MOST_BEHIND = 64;
/** Times in exports are cut to seconds. */
const SLACK_MS = 2000;

interface Waiting extends Queued {
  readonly half: FlowHalf;
  readonly isReversed: boolean;
  readonly sum: number;
  /** The next one of the same sum. */
  next: Waiting | null;
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
  /** By the sum of what both halves have alike. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #queue = new ArrivalQueue<Waiting>();
  #newest = 0;
  /** Rows that came later than their time by more than the wait. */
  #behind = 0;

  constructor(product: string, side: ServerSide) {
    this.#product = product;
    this.#side = side;
  }

  add(half: FlowHalf, sink: LogSink): void {
    if (half.sourcePort === null || half.destinationPort === null) return this.#tell(half, null, sink);
    const isReversed = isAnswer(half, this.#side);
    const sum = sumOf(half);
    let first: Waiting | null = null;
    let alike = 0;
    for (let one = this.#waiting.get(sum) ?? null; one !== null; one = one.next) {
      if (isOther(one, half, isReversed)) {
        this.#forget(one);
        return isReversed ? this.#tell(one.half, half, sink) : this.#tell(half, one.half, sink);
      }
      if (one.isReversed === isReversed && isSame(one.half, half)) return sink.pass();
      first ??= one;
      alike += 1;
    }
    // Nobody answers what a filter stopped.
    if (half.action === "blocked") return isReversed ? this.#tell(null, half, sink) : this.#tell(half, null, sink);
    if (first !== null && alike >= MOST_ALIKE) this.#tellAlone(first, sink);
    this.#wait({ half, isReversed, sum, next: null, isDone: false }, sink);
  }

  /** Tells what no other half came for. */
  end(sink: LogSink): void {
    for (let one = this.#queue.oldest(); one !== undefined; one = this.#queue.oldest()) this.#tellAlone(one, sink);
  }

  #wait(one: Waiting, sink: LogSink): void {
    this.#queue.push(one);
    let last = this.#waiting.get(one.sum);
    if (last === undefined) this.#waiting.set(one.sum, one);
    else {
      while (last.next !== null) last = last.next;
      last.next = one;
    }
    const { endAt } = one.half;
    if (endAt > this.#newest) this.#newest = endAt;
    else if (endAt < this.#newest - WAIT_MS) this.#behind += 1;
    const before = this.#behind > MOST_BEHIND ? -Infinity : this.#newest - WAIT_MS;
    for (let old = this.#queue.oldest(); old !== undefined; old = this.#queue.oldest()) {
      if (this.#queue.size <= MOST_WAITING && old.half.endAt >= before) return;
      this.#tellAlone(old, sink);
    }
  }

  #forget(one: Waiting): void {
    this.#queue.done(one);
    const first = this.#waiting.get(one.sum);
    if (first === one) {
      if (one.next === null) this.#waiting.delete(one.sum);
      else this.#waiting.set(one.sum, one.next);
      return;
    }
    for (let before = first; before !== undefined; before = before.next ?? undefined)
      if (before.next === one) before.next = one.next;
  }

  #tellAlone(one: Waiting, sink: LogSink): void {
    this.#forget(one);
    const { half, isReversed } = one;
    if (isReversed) this.#tell(null, half, sink);
    else this.#tell(half, null, sink);
  }

  #tell(opener: FlowHalf | null, server: FlowHalf | null, sink: LogSink): void {
    const event = connectionOf(this.#product, this.#side, opener, server);
    if (event !== null) sink.event(event);
  }
}

/** The same number for both halves of a connection. */
function sumOf(half: FlowHalf): number {
  const ports = (half.sourcePort ?? 0) + (half.destinationPort ?? 0);
  return (Math.imul(textSum(half.sourceIp) + textSum(half.destinationIp), 65_599) + ports) | 0;
}

function textSum(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}

/** Whether it went the other way between the same ends at that time, and the same meter saw it. */
function isOther(one: Waiting, half: FlowHalf, isReversed: boolean): boolean {
  const other = one.half;
  if (one.isReversed === isReversed || other.sourcePort !== half.destinationPort) return false;
  if (other.destinationPort !== half.sourcePort || other.sourceIp !== half.destinationIp) return false;
  if (other.destinationIp !== half.sourceIp || other.transport !== half.transport) return false;
  return other.observer === half.observer && overlap(other, half);
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
  if (a.sourceIp !== b.sourceIp || a.sourcePort !== b.sourcePort || a.transport !== b.transport) return false;
  if (a.destinationIp !== b.destinationIp || a.destinationPort !== b.destinationPort) return false;
  if (a.observer !== b.observer) return false;
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
