import type { JsonObject } from "../bounded-value.ts";
import { field, isObject } from "../bounded-value.ts";
import type { LogSink } from "../../model/log-grammar.ts";
import type { EventHead } from "../../model/make-event.ts";
import { networkEvent } from "../../model/make-event.ts";
import { isoTimeAt } from "./civil-time.ts";
import type { FlowSide } from "./flow-established.ts";
import { isTcpEstablished } from "./flow-established.ts";
import type { ServerSide } from "./server-side.ts";
import { countIn, textIn, transportIn } from "./told-values.ts";

/** Name of the log in events. */
export const SURICATA = "suricata";

/** The two ends of a row of EVE. */
export interface EveEnds {
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
}

const SYN = 2;
const HEX = /^[\da-f]{1,4}$/iu;

/**
 * Tells a `flow` row of EVE. Its source is whoever sent the first packet that was seen: of a flow picked up in the middle (no SYN of the
 * source) that may be the server, and then the ends and the counts are turned.
 */
export function tellFlow(object: JsonObject, head: EventHead, told: EveEnds, side: ServerSide, sink: LogSink): void {
  const flow = field(object, "flow");
  if (!isObject(flow)) {
    sink.pass();
    return;
  }
  const tcp = field(object, "tcp");
  const first = sideOf(flow, tcp, "toserver", "ts");
  const second = sideOf(flow, tcp, "toclient", "tc");
  const isTurned = ((first.flags ?? 0) & SYN) === 0 && side.isReversed(told.sourcePort, told.destinationPort);
  const [opener, server] = isTurned ? [second, first] : [first, second];
  const ends = isTurned ? turnedEnds(told) : told;
  const transport = transportIn(textIn(field(object, "proto"), 32) ?? "");
  const action = textIn(field(flow, "action"), 16);
  const isBlocked = action === "drop" || action === "reject";
  const established = isBlocked ? false : isMade(transport, opener, server, ends.sourceIp.includes(":"));
  const startAt = timeOf(field(flow, "start"));
  const endAt = timeOf(field(flow, "end"));
  const word = { direction: null, isDestinationOurs: false, isMade: established === true };
  sink.event(
    networkEvent(
      { ...head, at: startAt ?? head.at },
      {
        durationMs: startAt === null || endAt === null || endAt < startAt ? null : endAt - startAt,
        ...ends,
        transport,
        direction: side.direction(ends, word),
        action: isBlocked ? "blocked" : action === "pass" || action === "accept" ? "allowed" : null,
        established,
        sourceBytes: opener.bytes,
        destinationBytes: server.bytes,
      },
    ),
  );
}

/** The same two ends, the other one first. */
export function turnedEnds(ends: EveEnds): EveEnds {
  return {
    sourceIp: ends.destinationIp,
    sourcePort: ends.destinationPort,
    destinationIp: ends.sourceIp,
    destinationPort: ends.sourcePort,
  };
}

function sideOf(flow: JsonObject, tcp: unknown, way: "toserver" | "toclient", short: "ts" | "tc"): FlowSide {
  const flags = isObject(tcp) ? field(tcp, `tcp_flags_${short}`) : undefined;
  return {
    packets: countIn(field(flow, `pkts_${way}`)),
    bytes: countIn(field(flow, `bytes_${way}`)),
    flags: typeof flags === "string" && HEX.test(flags) ? Number.parseInt(flags, 16) : null,
  };
}

function isMade(transport: string | null, opener: FlowSide, server: FlowSide, isIpv6: boolean): boolean | null {
  if (opener.packets === null || server.packets === null) return null;
  if (server.packets === 0) return false;
  if (opener.packets === 0) return null;
  return transport === "tcp" ? isTcpEstablished(opener, server, isIpv6) : true;
}

function timeOf(value: unknown): number | null {
  const text = textIn(value, 64);
  return text === null ? null : (isoTimeAt(text, 0)?.ms ?? null);
}
