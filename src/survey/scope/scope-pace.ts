import { countIpv4, countIpv6, countIpv6Networks, minus } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { Limits } from "../../model/scope.ts";

/** Addresses of a /24, the network that `perNetwork` paces. */
const NETWORK_SIZE = 256;
/** Host bits of a /48. */
const IPV6_HOST_BITS = 80n;

/**
 * How large a space is for the ceiling of its rate (rule R2): its walked addresses, and of IPv6 that is asked by list only, each /48 as much
 * as a /24.
 */
export function spaceSize(open: PrefixSet, walked: PrefixSet): number {
  const listed = Number(countIpv6Networks(minus(open, walked))) * NETWORK_SIZE;
  return countIpv4(walked) + Number(countIpv6(walked)) + listed;
}

/** The shortest time that a pass can take, and the limit that makes it so. */
export interface LeastTime {
  readonly seconds: number;
  readonly pacedBy: "rate" | "perNetwork";
}

/** The shortest time in which every target can be connected to once: the total rate binds, or the rate into the densest network. */
export function leastTime(targets: number, ports: number, walked: PrefixSet, limits: Limits): LeastTime {
  const inAll = targets / limits.rate;
  const inDensest = (Math.max(densestIpv4(walked), densestIpv6(walked)) * ports) / limits.perNetwork;
  return { seconds: Math.ceil(Math.max(inAll, inDensest)), pacedBy: inAll < inDensest ? "perNetwork" : "rate" };
}

/** Most addresses in one /24. */
function densestIpv4(set: PrefixSet): number {
  let best = 0;
  let network = -1;
  let count = 0;
  for (const { first, last } of set.v4) {
    const head = Math.floor(first / NETWORK_SIZE);
    const tail = Math.floor(last / NETWORK_SIZE);
    const before = network === head ? count : 0;
    const inHead = Math.min(last, head * NETWORK_SIZE + NETWORK_SIZE - 1) - first + 1;
    count = tail === head ? before + inHead : last - tail * NETWORK_SIZE + 1;
    network = tail;
    best = Math.max(best, before + inHead, count, tail - head > 1 ? NETWORK_SIZE : 0);
  }
  return best;
}

/** Most walked addresses in one /48; a range over a border counts where it begins. */
function densestIpv6(set: PrefixSet): number {
  const counts = new Map<bigint, number>();
  for (const { first, last } of set.v6) {
    const network = first >> IPV6_HOST_BITS;
    counts.set(network, (counts.get(network) ?? 0) + Number(last - first + 1n));
  }
  return counts.values().reduce((best, count) => Math.max(best, count), 0);
}
