import { LOOPBACK_SET, PRIVATE_SET } from "../../knowledge/special-ranges.ts";
import { formatAddress, parseAddress } from "../../model/address.ts";
import type { HostNetwork, InterfaceAddress, ListeningSocket } from "../../model/host-network.ts";
import { formatPrefix, parsePrefix } from "../../model/prefix.ts";
import { holds } from "../../model/prefix-set.ts";

/** How far a socket's bind reaches. `unknown`: which socket answered could not be told, which is not the same as none beyond loopback. */
export const BIND_CLASSES = ["loopback", "private", "public", "all", "unknown"] as const;
export type BindClass = (typeof BIND_CLASSES)[number];

/** What the bind of an answering socket says about who else could connect. An answer on loopback alone is no exposure; a bind beyond is. */
export interface Reach {
  readonly bind: BindClass;
  /** Address that the socket is bound to; `null` when unknown. */
  readonly boundTo: string | null;
  /** The machine's addresses beyond loopback on which the socket listens, scope of each told apart. */
  readonly beyond: readonly { readonly address: InterfaceAddress; readonly scope: "private" | "public" }[];
  readonly sentence: string;
}

/**
 * Reads from the binds who else could reach what answered on a loopback address. It says nothing of firewalls, and nothing of what other
 * programs on the machine pass on.
 */
export function reachOf(service: { readonly address: string; readonly port: number }, network: HostNetwork): Reach {
  const socket = answeringSocket(service.address, service.port, network.sockets);
  if (socket === null)
    return { bind: "unknown", boundTo: null, beyond: [], sentence: reachSentence("unknown", null, []) };
  const beyond = addressesOf(socket, network).flatMap((address) => {
    const scope = scopeOfAddress(address.address);
    return scope === "loopback" ? [] : [{ address, scope }];
  });
  const bind = isWildcard(socket.address) ? "all" : scopeOfAddress(socket.address);
  return { bind, boundTo: socket.address, beyond, sentence: reachSentence(bind, socket.address, beyond) };
}

/** The sentence for a reading; see `Reach`. */
export function reachSentence(bind: BindClass, boundTo: string | null, beyond: Reach["beyond"]): string {
  switch (bind) {
    case "unknown":
      return "which address it listens on could not be read: who else could reach it is unknown";
    case "loopback":
      return `listens on loopback only (${boundTo}): nobody beyond this machine, unless a proxy or tunnel here passes requests on`;
    case "private":
    case "public":
      return `listens on ${boundTo}: ${audience(beyond) ?? "no interface shows that address now: who else could reach it is unknown"}`;
    case "all":
      return `listens on every address (${boundTo}): ${audience(beyond) ?? "there is none beyond loopback now, the first network opens it"}`;
  }
}

/** Who could come by the addresses beyond loopback; `null` when there are none. */
function audience(beyond: Reach["beyond"]): string | null {
  if (beyond.length === 0) return null;
  const privately = unique(beyond.filter((one) => one.scope === "private").map((one) => networkOf(one.address)));
  const publicly = unique(beyond.filter((one) => one.scope === "public").map((one) => one.address.address));
  const inside = privately.length === 0 ? [] : [`anyone in ${list(privately)}`];
  const outside = publicly.length === 0 ? [] : [`anyone on the internet through ${list(publicly)}`];
  return `${[...inside, ...outside].join(", and ")} who gets past this machine's firewall; reach from the internet is unknown from here`;
}

/** The socket that takes a connection to (address, port): the exact bind before the wildcard, and `::` for IPv4 only where nothing else does. */
function answeringSocket(address: string, port: number, sockets: HostNetwork["sockets"]): ListeningSocket | null {
  const here = (sockets ?? []).filter((socket) => socket.port === port);
  const bound = (to: string): ListeningSocket | undefined => here.find((socket) => socket.address === to);
  const wildcard = address.includes(":") ? bound("::") : (bound("0.0.0.0") ?? bound("::"));
  return bound(address) ?? wildcard ?? null;
}

/**
 * The machine's addresses on which a socket listens. Whether `::` takes IPv4 as well cannot be read: it is taken to, the usual setting, and
 * the wider reach, unless another socket holds `0.0.0.0` on the same port.
 */
function addressesOf(socket: ListeningSocket, { sockets, interfaces }: HostNetwork): InterfaceAddress[] {
  if (!isWildcard(socket.address)) return interfaces.filter((one) => one.address === socket.address);
  const apart = sockets?.some((other) => other.port === socket.port && other.address === "0.0.0.0") === true;
  const both = socket.address === "::" && !apart;
  return interfaces.filter((one) => both || one.address.includes(":") === socket.address.includes(":"));
}

function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** Documentation and other reserved ranges count as public: only what is known to stay inside is called private. */
function scopeOfAddress(text: string): "loopback" | "private" | "public" {
  const address = parseAddress(text);
  if (address === null) return "public";
  if (holds(LOOPBACK_SET, address)) return "loopback";
  return holds(PRIVATE_SET, address) ? "private" : "public";
}

/** The network of an interface address, `192.168.1.0/24`. */
function networkOf({ address, prefixLength }: InterfaceAddress): string {
  const parsed = parseAddress(address);
  if (parsed === null) return address;
  const bits = BigInt((parsed.family === 4 ? 32 : 128) - prefixLength);
  const first = (BigInt(parsed.value) >> bits) << bits;
  const text = formatAddress(parsed.family === 4 ? { family: 4, value: Number(first) } : { family: 6, value: first });
  const prefix = parsePrefix(`${text}/${prefixLength}`);
  return prefix.ok ? formatPrefix(prefix.value) : address;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function list(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
