import { parseAddress, formatAddress } from "../../model/address.ts";
import type { Address } from "../../model/address.ts";
import { holds } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { Caller } from "./desk.ts";

/** What a socket tells of its other end. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly encrypted?: boolean;
}

/**
 * Tells who asks: the peer, or behind a named proxy the last address of `X-Forwarded-For` that is not itself such a proxy.
 *
 * @param proxies - addresses of `listen.behind`; nobody else's word is taken.
 */
export function callerOf(peer: Peer, forwardedFor: string | null, proxies: PrefixSet | null): Caller {
  const text = peer.remoteAddress ?? "";
  const zone = text.indexOf("%");
  const address = parseAddress(zone === -1 ? text : text.slice(0, zone));
  if (address === null) return { address: text, isPrivate: false, isOwn: false };
  const isTrusted = proxies !== null && holds(proxies, address);
  const isPrivate = peer.encrypted === true || isTrusted || isLoopback(address);
  const named = isTrusted && forwardedFor !== null ? lastStranger(forwardedFor, proxies) : null;
  return { address: formatAddress(named ?? address), isPrivate, isOwn: !isTrusted || named !== null };
}

function isLoopback(address: Address): boolean {
  return address.family === 4 ? Math.floor(address.value / 2 ** 24) === 127 : address.value === 1n;
}

const LONGEST_CHAIN = 32;

const WITH_PORT = /^(?:\[([^\]]{2,45})\]|([\d.]{7,15}))(?::\d{1,5})?$/u;

/** One word of the chain: an address, or as some proxies write it with its port (`203.0.113.9:51514`, `[2001:db8::1]:443`). */
function hopOf(word: string): Address | null {
  const [, six, four] = WITH_PORT.exec(word) ?? [];
  if (six !== undefined) return six.includes(":") ? parseAddress(six) : null;
  return parseAddress(four ?? word);
}

function lastStranger(forwardedFor: string, proxies: PrefixSet): Address | null {
  for (const word of forwardedFor.split(",").slice(-LONGEST_CHAIN).toReversed()) {
    const address = hopOf(word.trim());
    // Behind a word that is no address, nothing can be believed.
    if (address === null) return null;
    if (!holds(proxies, address)) return address;
  }
  return null;
}
