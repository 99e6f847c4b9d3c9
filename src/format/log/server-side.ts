import type { NetworkEvent } from "../../model/event.ts";
import type { LogSetting } from "../../model/log-grammar.ts";
import { isLoopback, isOwnAddress } from "./own-address.ts";

/** Server addresses that are learned from one file at most. */
const MOST_LEARNED = 1024;

/** Who opened a connection and to whom. */
export interface FlowEnds {
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
}

/** What a log says of a connection beside its ends. */
export interface FlowWord {
  /** Seen from the machine that wrote the row, if that is one of the two ends. */
  readonly direction: NetworkEvent["direction"];
  /** Whether the log calls the destination one of the own network. */
  readonly isDestinationOurs: boolean;
  /** Whether the connection came about, or was let through: then its destination is a server that exists. */
  readonly isMade: boolean;
}

/** Knows which end of a connection is the machine with the model server. */
export interface ServerSide {
  /** Whether only the source's port is one of a model server: a row picked up in the middle, or of the answer. */
  isReversed(sourcePort: number | null, destinationPort: number | null): boolean;
  /** Direction as seen from the machine with the model server; `null` when neither end is known for it. */
  direction(ends: FlowEnds, word: FlowWord): NetworkEvent["direction"];
}

/**
 * Makes the knowledge of one file: the addresses and ports that the user named, and own addresses that took a connection to such a port.
 * A public address that nobody named is not taken for the server's: a client of ours may have asked a stranger's server.
 */
export function serverSide(setting: LogSetting): ServerSide {
  const { serverPorts, serverAddresses } = setting;
  const learned = new Set<string>();

  const isServed = (ends: FlowEnds, word: FlowWord): boolean => {
    if (ends.destinationPort === null || !serverPorts.has(ends.destinationPort)) return false;
    if (!word.isDestinationOurs && !isOwnAddress(ends.destinationIp)) return false;
    if (word.isMade && learned.size < MOST_LEARNED && !isLoopback(ends.destinationIp)) learned.add(ends.destinationIp);
    return true;
  };

  return {
    isReversed(sourcePort, destinationPort) {
      if (sourcePort === null || destinationPort === null) return false;
      return serverPorts.has(sourcePort) && !serverPorts.has(destinationPort);
    },
    direction(ends, word) {
      if (serverAddresses.has(ends.destinationIp)) return "inbound";
      if (serverAddresses.has(ends.sourceIp)) return "outbound";
      if (isServed(ends, word)) return "inbound";
      if (word.direction !== null) return word.direction;
      if (learned.has(ends.destinationIp)) return "inbound";
      return learned.has(ends.sourceIp) ? "outbound" : null;
    },
  };
}
