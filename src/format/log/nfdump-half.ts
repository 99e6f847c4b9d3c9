import type { EventPlace } from "../../model/event.ts";
import type { LogSetting, LogSink } from "../../model/log-grammar.ts";
import { networkEvent } from "../../model/make-event.ts";
import { isTcpEstablished } from "./flow-established.ts";
import type { FlowHalf } from "./flow-pairs.ts";
import { FlowPairs } from "./flow-pairs.ts";
import type { ServerSide } from "./server-side.ts";
import { serverSide } from "./server-side.ts";
import type { ToldZone } from "./told-zone.ts";
import { toldZone } from "./told-zone.ts";

/** Name of the log in events. */
export const NFDUMP = "nfdump";

/** One record of nfdump, in the local time of the machine it was printed on. */
export interface NfdumpFlow extends Pick<
  FlowHalf,
  "sourceIp" | "sourcePort" | "destinationIp" | "destinationPort" | "transport" | "packets" | "bytes" | "flags"
> {
  readonly localMs: number;
  readonly localEndMs: number;
  /** Minutes east of UTC that the record itself names; `null` = none. */
  readonly zoneMinutes: number | null;
  /** What came back, of exports that join both ways (`-b`, `-B`, IPFIX of RFC 5103); 0 or `null` = nothing is told. */
  readonly backPackets: number | null;
  readonly backBytes: number | null;
  /** Forwarding status of IPFIX: 128 to 191 = dropped. */
  readonly forwarding: number | null;
  readonly observer: string | null;
}

/** Tells records of one file. */
export interface NfdumpTeller {
  flow(flow: NfdumpFlow, place: EventPlace, sink: LogSink): void;
  end(sink: LogSink): void;
  zone(): string | null;
}

/** Makes the teller of one file. */
export function nfdumpTeller(setting: LogSetting): NfdumpTeller {
  const zone = toldZone(setting.zoneMinutes);
  const side = serverSide(setting);
  const pairs = new FlowPairs(NFDUMP, side);
  return {
    flow(flow, place, sink) {
      const half = halfOf(flow, zone, place);
      const isBoth = (flow.backPackets ?? 0) > 0 || (flow.backBytes ?? 0) > 0;
      if (isBoth) tellBoth(flow, half, side, sink);
      else pairs.add(half, sink);
    },
    end: (sink) => {
      pairs.end(sink);
    },
    zone: () => zone.words(),
  };
}

function halfOf(flow: NfdumpFlow, zone: ToldZone, place: EventPlace): FlowHalf {
  const minutes = flow.zoneMinutes ?? zone.at(flow.localMs) ?? zone.assumed();
  const { forwarding } = flow;
  return {
    at: flow.localMs - minutes * 60_000,
    endAt: Math.max(flow.localMs, flow.localEndMs) - minutes * 60_000,
    sourceIp: flow.sourceIp,
    sourcePort: flow.sourcePort,
    destinationIp: flow.destinationIp,
    destinationPort: flow.destinationPort,
    transport: flow.transport,
    packets: flow.packets,
    bytes: flow.bytes,
    flags: flow.flags,
    hasAllFlags: true,
    action: forwarding !== null && forwarding >= 128 && forwarding < 192 ? "blocked" : null,
    observer: flow.observer,
    toOurs: false,
    fromOurs: false,
    place,
  };
}

/** A record of both ways: its source opened it, unless it was picked up in the middle. */
function tellBoth(flow: NfdumpFlow, half: FlowHalf, side: ServerSide, sink: LogSink): void {
  const isTurned = side.isReversed(flow.sourcePort, flow.destinationPort);
  const back = { packets: flow.backPackets, bytes: flow.backBytes, flags: null };
  const there = { packets: flow.packets, bytes: flow.bytes, flags: null };
  const [opener, server] = isTurned ? [back, there] : [there, back];
  const sourceIp = isTurned ? flow.destinationIp : flow.sourceIp;
  const destinationIp = isTurned ? flow.sourceIp : flow.destinationIp;
  const destinationPort = isTurned ? flow.sourcePort : flow.destinationPort;
  const isBlocked = half.action === "blocked";
  const established = isBlocked
    ? false
    : flow.transport === "tcp"
      ? isTcpEstablished(opener, server, sourceIp.includes(":"))
      : true;
  const word = { direction: null, isDestinationOurs: false, isMade: established === true };
  sink.event(
    networkEvent(
      { at: half.at, observer: half.observer, product: NFDUMP, place: half.place },
      {
        durationMs: half.endAt - half.at,
        sourceIp,
        sourcePort: isTurned ? flow.destinationPort : flow.sourcePort,
        destinationIp,
        destinationPort,
        transport: flow.transport,
        direction: side.direction({ sourceIp, destinationIp, destinationPort }, word),
        action: half.action,
        established,
        sourceBytes: opener.bytes,
        destinationBytes: server.bytes,
      },
    ),
  );
}
