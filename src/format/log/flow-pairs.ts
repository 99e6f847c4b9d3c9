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
  readonly action: NetworkEvent["action"];
  readonly observer: string | null;
  /** Whether the log calls the destination, or the source, one of its own. */
  readonly toOurs: boolean;
  readonly fromOurs: boolean;
  readonly place: EventPlace;
}

/** Joins the halves of one file into connections. */
export interface FlowPairs {
  add(half: FlowHalf, sink: LogSink): void;
  /** Tells what no other half came for. */
  end(sink: LogSink): void;
}

/** Halves that wait for their other half; beyond, the oldest is told alone. */
const MOST_WAITING = 8192;
/** A half waits until rows are so much younger. */
const WAIT_MS = 120_000;
/** Times in exports are cut to seconds. */
const SLACK_MS = 2000;

interface Waiting {
  readonly half: FlowHalf;
  readonly isReversed: boolean;
}

const SYN = 2;
const ACK = 16;

/** Makes the table of one file. */
export function flowPairs(product: string, side: ServerSide): FlowPairs {
  const waiting = new Map<string, Waiting[]>();
  let count = 0;
  let newest = 0;

  const tell = (opener: FlowHalf | null, server: FlowHalf | null, sink: LogSink): void => {
    const event = connectionOf(product, side, opener, server);
    if (event !== null) sink.event(event);
  };
  const tellAlone = ({ half, isReversed }: Waiting, sink: LogSink): void => {
    if (isReversed) tell(null, half, sink);
    else tell(half, null, sink);
  };

  const dropOldest = (sink: LogSink): void => {
    const first = waiting.entries().next().value;
    if (first === undefined) return;
    const [key, list] = first;
    waiting.delete(key);
    count -= list.length;
    for (const one of list) tellAlone(one, sink);
  };

  const isStale = (): boolean => {
    const oldest = waiting.values().next().value?.[0];
    return oldest !== undefined && oldest.half.endAt < newest - WAIT_MS;
  };

  return {
    add(half, sink) {
      const { sourcePort, destinationPort, transport } = half;
      if (sourcePort === null || destinationPort === null) return tell(half, null, sink);
      const isReversed = isAnswer(half, side);
      const key = isReversed
        ? `${half.destinationIp} ${destinationPort} ${half.sourceIp} ${sourcePort} ${transport} ${half.observer}`
        : `${half.sourceIp} ${sourcePort} ${half.destinationIp} ${destinationPort} ${transport} ${half.observer}`;
      const list = waiting.get(key) ?? [];
      const match = list.findIndex((one) => one.isReversed !== isReversed && overlap(one.half, half));
      const other = list[match];
      if (other !== undefined) {
        list.splice(match, 1);
        count -= 1;
        if (list.length === 0) waiting.delete(key);
        return isReversed ? tell(other.half, half, sink) : tell(half, other.half, sink);
      }
      if (list.some((one) => one.isReversed === isReversed && isSame(one.half, half))) return sink.pass();
      list.push({ half, isReversed });
      if (list.length === 1) waiting.set(key, list);
      count += 1;
      newest = Math.max(newest, half.endAt);
      while (count > MOST_WAITING || isStale()) dropOldest(sink);
    },
    end(sink) {
      while (waiting.size > 0) dropOldest(sink);
    },
  };
}

/** Whether a half went from the server: by the ports of model servers, else by the handshake, else from the smaller port. */
function isAnswer(half: FlowHalf, side: ServerSide): boolean {
  const { sourcePort, destinationPort, flags } = half;
  if (side.isReversed(sourcePort, destinationPort)) return true;
  if (side.isReversed(destinationPort, sourcePort)) return false;
  if (flags !== null && (flags & SYN) !== 0 && (flags & ACK) === 0) return false;
  return sourcePort !== null && destinationPort !== null && sourcePort < destinationPort && sourcePort < 10_000;
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
  return isTcpEstablished(opener, server, half.sourceIp.includes(":"));
}
