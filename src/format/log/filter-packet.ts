import type { EventPlace, NetworkEvent } from "../../model/event.ts";
import { networkEvent } from "../../model/make-event.ts";
import { isOwnAddress } from "./own-address.ts";
import type { ServerSide } from "./server-side.ts";

/** One packet that a filter between networks told of. */
export interface FilterPacket {
  readonly at: number;
  readonly observer: string | null;
  readonly product: string;
  readonly place: EventPlace;
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly transport: string | null;
  readonly action: NetworkEvent["action"];
  /** Into the filter, or out of it. */
  readonly way: "in" | "out" | null;
  /** Whether it answers another: SYN and ACK; `null` = not told. */
  readonly isAnswer: boolean | null;
  /** Whether it can only be part of a connection that was made. */
  readonly isMidstream: boolean;
}

/**
 * The event of a packet. A filter may stand before many machines: that a packet came in says that its destination is one of ours only if
 * its source is not.
 */
export function filterEvent(packet: FilterPacket, side: ServerSide): NetworkEvent {
  const isTurned = packet.isAnswer ?? side.isReversed(packet.sourcePort, packet.destinationPort);
  const [sourceIp, destinationIp] = isTurned
    ? [packet.destinationIp, packet.sourceIp]
    : [packet.sourceIp, packet.destinationIp];
  const [sourcePort, destinationPort] = isTurned
    ? [packet.destinationPort, packet.sourcePort]
    : [packet.sourcePort, packet.destinationPort];
  const { at, observer, product, place, transport, action, way } = packet;
  const isBlocked = action === "blocked";
  const isToUs = way === (isTurned ? "out" : "in") && !isOwnAddress(sourceIp);
  return networkEvent(
    { at, observer, product, place },
    {
      sourceIp,
      sourcePort,
      destinationIp,
      destinationPort,
      transport,
      direction: side.direction(
        { sourceIp, destinationIp, destinationPort },
        { direction: null, isDestinationOurs: isToUs, isMade: action === "allowed" },
      ),
      action,
      established: isBlocked ? false : packet.isMidstream ? true : null,
    },
  );
}
