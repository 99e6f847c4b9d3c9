import { parseAddress } from "../../model/address.ts";
import { holds } from "../../model/prefix-set.ts";
import { PRIVATE_RANGES, setOf } from "./address-kind.ts";
import type { Listen } from "./gateway-config.ts";

/**
 * Makes the rule of who may connect: behind a proxy it alone, in plain mode private ranges alone, else everybody.
 *
 * @returns whether a connection from this address, as a socket tells it (`::ffff:192.0.2.1`, `fe80::1%eth0`), is taken.
 */
export function peerRule({ behind, plain }: Pick<Listen, "behind" | "plain">): (peer: string) => boolean {
  const allowed = behind.length > 0 ? setOf(behind) : plain === "private-ranges" ? PRIVATE_RANGES : null;
  if (allowed === null) return () => true;
  return (peer) => {
    const zone = peer.indexOf("%");
    const address = parseAddress(zone === -1 ? peer : peer.slice(0, zone));
    return address !== null && holds(allowed, address);
  };
}
