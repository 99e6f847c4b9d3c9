import { OWNABLE_SET } from "../knowledge/special-ranges.ts";
import { parseAddress } from "../model/address.ts";
import type { HostNetwork } from "../model/host-network.ts";
import { holds } from "../model/prefix-set.ts";
import type { Scope } from "../model/scope.ts";

const LINK_LOCAL = /^fe[89ab]/u;

/**
 * Widens the scope of this machine by its own other addresses (`--interfaces`), asked on every port where something listens. Link-local
 * IPv6 addresses are left out: they mean nothing without the interface they belong to.
 */
export function withInterfaces(scope: Scope, network: HostNetwork): Scope {
  const own = network.interfaces.map((one) => one.address).filter((address) => !LINK_LOCAL.test(address));
  const prefixes = [
    ...new Set([...scope.prefixes, ...own.map((address) => `${address}/${address.includes(":") ? 128 : 32}`)]),
  ];
  const ports = [...new Set([...scope.ports, ...(network.sockets ?? []).map((socket) => socket.port)])];
  // The contact's short form is for loopback alone; what is asked here is still nobody else's.
  const contact = scope.operator.contact.replace(/@localhost$/u, "@localhost.localdomain");
  return {
    ...scope,
    operator: { ...scope.operator, contact },
    name: "this machine, all its addresses",
    prefixes,
    ownSpecial: prefixes.filter(isOwnable),
    ports: ports.toSorted((a, b) => a - b),
  };
}

/** Whether a prefix of one address lies in a special range that an owner may declare: private, loopback, documentation … */
function isOwnable(prefix: string): boolean {
  const address = parseAddress(prefix.split("/")[0] ?? "");
  return address !== null && holds(OWNABLE_SET, address);
}
