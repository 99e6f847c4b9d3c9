import { LOOPBACK_SET } from "../../knowledge/special-ranges.ts";
import { parseAddress } from "../../model/address.ts";
import type { HostNetwork, ListeningSocket } from "../../model/host-network.ts";
import { instantOf } from "../../model/instant.ts";
import { holds } from "../../model/prefix-set.ts";
import type { Limits, Scope } from "../../model/scope.ts";

const DAY_MS = 86_400_000;
/** Ollama's own port, asked when the listening sockets cannot be read or none can be reached by loopback. */
const USUAL_PORT = 11_434;
/** Loopback addresses that are asked at most: each is asked on every port, and a start should take seconds. */
export const MOST_OWN_ADDRESSES = 256;
const LIMITS: Limits = {
  rate: 500,
  perHost: 500,
  perNetwork: 500,
  inFlight: 50,
  rescanHours: 0,
  pilot: 100,
  cardsPerHost: 100,
  cardsPerRun: 1000,
};

/**
 * The scope that asks this machine about itself: loopback addresses only, on the ports where something listens and loopback reaches it,
 * by the authority of whoever sits at it, until tomorrow.
 *
 * @param person - The local account that runs Corral, such as `root`.
 */
export function ownHostScope(network: HostNetwork, person: string, nowMs: number): Scope {
  const listening = (network.sockets ?? []).filter(reachedByLoopback);
  const addresses = ownLoopback(network)
    .slice(0, MOST_OWN_ADDRESSES)
    .map((address) => `${address}/${address.includes(":") ? 128 : 32}`);
  const ports = [...new Set(listening.map((socket) => socket.port))].toSorted((a, b) => a - b);
  return {
    name: "this machine",
    operator: { name: person, contact: `${mailbox(person)}@localhost`, organisation: null },
    basis: "own",
    authority: {
      allowedBy: `${person}, at this machine`,
      since: instantOf(nowMs).slice(0, 10),
      until: instantOf(nowMs + DAY_MS).slice(0, 10),
    },
    prefixes: addresses,
    names: [],
    ports: ports.length === 0 ? [USUAL_PORT] : ports,
    exclude: [],
    optOut: [],
    ownSpecial: addresses,
    limits: LIMITS,
    vantage: "same-host",
    depth: "cards",
    prompts: "class",
    retentionDays: 365,
    research: null,
  };
}

/** Loopback addresses of this machine that something listens on, the usual ones first. */
export function ownLoopback(network: HostNetwork): readonly string[] {
  const usual = network.interfaces.some((one) => one.address === "::1") ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  const bound = (network.sockets ?? []).map((socket) => socket.address).filter((address) => isLoopback(address));
  return [...new Set([...usual, ...bound])];
}

/** Whether a connection from this machine to a loopback address can reach the socket. */
function reachedByLoopback(socket: ListeningSocket): boolean {
  return socket.address === "0.0.0.0" || socket.address === "::" || isLoopback(socket.address);
}

function isLoopback(text: string): boolean {
  const address = parseAddress(text);
  return address !== null && holds(LOOPBACK_SET, address);
}

/** An account name as the local part of an address; what does not fit is left out. */
function mailbox(person: string): string {
  const fitting = person.replaceAll(/[^a-z0-9._-]/giu, "").slice(0, 64);
  return fitting === "" ? "user" : fitting;
}
