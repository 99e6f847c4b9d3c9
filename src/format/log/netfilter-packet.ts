import type { EventPlace, NetworkEvent } from "../../model/event.ts";
import { networkEvent } from "../../model/make-event.ts";
import type { ServerSide } from "./server-side.ts";
import type { AddressReader } from "./told-values.ts";
import { portAt, transportIn } from "./told-values.ts";

/** Name of the log in events. */
export const NETFILTER = "netfilter";

const SPACE = 32;
/** Characters before `IN=` in which a rule's own words stand; the kernel cuts them at 128. */
const LONGEST_PREFIX = 160;
const BLOCKED = /BLOCK|DROP|REJECT|DEN(?:Y|IED)/iu;
const ALLOWED = /ALLOW|ACCEPT|PASS|PERMIT/iu;
/** Interfaces behind which containers and virtual machines are. */
const INNER = /^(?:docker|br-|veth|virbr|lxc|lxd|cni|podman|cali|flannel|incus|tap|vnet)/u;

/** What is asked of a row beside its text. */
export interface PacketFrame {
  readonly at: number;
  readonly observer: string | null;
  readonly place: EventPlace;
}

/** Index of the `IN=` with which the kernel's words of a packet begin, `OUT=` next to it, behind the rule's own; -1 when the text is none. */
export function packetAt(text: string, from: number): number {
  const at = text.startsWith("IN=", from) ? from : text.indexOf(" IN=", from) + 1;
  if (at === 0 && !text.startsWith("IN=")) return -1;
  const space = text.indexOf(" ", at);
  return space !== -1 && text.startsWith("OUT=", space + 1) ? at : -1;
}

/**
 * Reads what the LOG target (iptables, nft, ufw, firewalld) or ulogd says of a packet, from its `IN=` at `at`.
 *
 * @param prefix - The rule's own words before it: all that tells whether the packet was let through.
 * @returns `null` when its addresses cannot be read.
 */
export function packetEvent(
  text: string,
  at: number,
  prefix: string,
  frame: PacketFrame,
  { side, addresses }: { readonly side: ServerSide; readonly addresses: AddressReader },
): NetworkEvent | null {
  // The words stand in this order, so each is looked for behind the one before.
  const sourceAt = valueAt(text, " SRC=", at);
  const targetAt = sourceAt === -1 ? -1 : valueAt(text, " DST=", sourceAt);
  const protocolAt = targetAt === -1 ? -1 : valueAt(text, " PROTO=", targetAt);
  if (protocolAt === -1) return null;
  const from = addresses.at(text, sourceAt, endOf(text, sourceAt));
  const to = addresses.at(text, targetAt, endOf(text, targetAt));
  const transport = transportIn(text.slice(protocolAt, endOf(text, protocolAt)));
  if (from === null || to === null) return null;
  const hasPorts = transport === "tcp" || transport === "udp" || transport === "sctp";
  const fromPort = hasPorts ? portOf(text, " SPT=", protocolAt) : null;
  const toPort = hasPorts ? portOf(text, " DPT=", protocolAt) : null;
  const isSyn = transport === "tcp" && text.includes(" SYN ", protocolAt);
  const isAck = transport === "tcp" && text.includes(" ACK ", protocolAt);
  const isAnswer = isSyn ? isAck : side.isReversed(fromPort, toPort);
  const action = actionOf(prefix);
  const ends = isAnswer
    ? { sourceIp: to, sourcePort: toPort, destinationIp: from, destinationPort: fromPort }
    : { sourceIp: from, sourcePort: fromPort, destinationIp: to, destinationPort: toPort };
  const told = wayOf(wordOf(text, "IN=", at), wordOf(text, " OUT=", at));
  const direction = isAnswer ? opposite(told) : told;
  const isMade = action !== "blocked" && (action === "allowed" || isAck);
  return networkEvent(
    { ...frame, product: NETFILTER },
    {
      ...ends,
      transport,
      direction: side.direction(ends, { direction, isDestinationOurs: direction === "inbound", isMade }),
      action,
      established: action === "blocked" ? false : isAck && !isSyn ? true : null,
    },
  );
}

/** Index of the value of a key whose first occurrence stands at or behind `at`; -1 = none. */
function valueAt(text: string, key: string, at: number): number {
  const found = text.startsWith(key, at) ? at : text.indexOf(key, at);
  return found === -1 ? -1 : found + key.length;
}

function endOf(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space === -1 ? text.length : space;
}

function wordOf(text: string, key: string, at: number): string {
  const from = valueAt(text, key, at);
  return from === -1 || text.charCodeAt(from) === SPACE ? "" : text.slice(from, endOf(text, from));
}

function portOf(text: string, key: string, at: number): number | null {
  const from = valueAt(text, key, at);
  return from === -1 ? null : portAt(text, from, endOf(text, from));
}

function actionOf(prefix: string): NetworkEvent["action"] {
  const words = prefix.slice(-LONGEST_PREFIX);
  if (BLOCKED.test(words)) return "blocked";
  return ALLOWED.test(words) ? "allowed" : null;
}

/** As the machine that wrote the row sees it; a packet for a container of its own comes in too. */
function wayOf(from: string, to: string): NetworkEvent["direction"] {
  if (to === "") return from === "" ? null : "inbound";
  if (from === "") return "outbound";
  if (INNER.test(to)) return INNER.test(from) ? null : "inbound";
  return INNER.test(from) ? "outbound" : null;
}

function opposite(way: NetworkEvent["direction"]): NetworkEvent["direction"] {
  return way === null ? null : way === "inbound" ? "outbound" : "inbound";
}
