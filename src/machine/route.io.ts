import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";

/** Any port: nothing is sent there. */
const DISCARD = 9;

/**
 * Tells whether this machine has a way to an address at all, without sending a packet: connecting a UDP socket only asks the kernel's
 * routes. `false` means that what failed is this side (cable, default route, no IPv6), not the other.
 */
export function hasRoute(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const end = (isThere: boolean): void => {
      socket.close();
      resolve(isThere);
    };
    socket.once("error", () => {
      end(false);
    });
    socket.once("connect", () => {
      end(true);
    });
    socket.connect(DISCARD, address);
  });
}
