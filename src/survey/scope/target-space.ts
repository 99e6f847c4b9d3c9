import { formatAddress, parseAddress } from "../../model/address.ts";
import type { PinnedName } from "../../model/pinned-name.ts";
import { holds, indexAddresses, union } from "../../model/prefix-set.ts";
import type { Scope } from "../../model/scope.ts";
import type { Target } from "../../model/target.ts";
import { asnsLeftAlone, coveredBy, territoryOf } from "./scope-territory.ts";
import type { AsnRanges, Territory } from "./scope-territory.ts";

/** Why a target is not asked. */
export type Refusal =
  | "opt-out" // asked to be left alone: wins over everything
  | "excluded" // the scope's own exclusion
  | "special" // special-purpose range that is not declared own
  | "not-in-scope" // no prefix names the address
  | "port" // the scope does not name the port
  | "name" // the scope does not name the host name, or the name does not resolve to this address
  | "not-an-address"; // not a canonical address literal

export type Admission = { readonly ok: true } | { readonly ok: false; readonly reason: Refusal };

/** One (name, address) pair that resolving gave and the scope does not allow. */
export interface RefusedPin {
  readonly name: string;
  readonly address: string;
  readonly reason: Refusal;
}

/** Everything a scope allows to ask, by number: (walked addresses × ports), then (pinned names × their addresses × ports). */
export interface TargetSpace {
  /**
   * Number of targets. Opted-out ones, and addresses of excluded names and AS numbers, are counted: `admit` refuses them, so that neither a new
   * opt-out nor DNS nor a newer table moves anybody's place.
   */
  readonly size: number;
  /** Walked addresses, without names. */
  readonly addresses: number;
  readonly territory: Territory;
  readonly pins: readonly PinnedName[];
  /** What the AS numbers to be left alone hold. */
  readonly networks: AsnRanges;
  readonly refusedPins: readonly RefusedPin[];
  /** The target at `index`, 0 ≤ index < size, in O(log ranges); a `RangeError` beyond. The scheme is to be learned (`auto`). */
  readonly at: (index: number) => Target;
  /** Whether a target may be asked. To be called right before every connect, for whatever gave the target. */
  readonly admit: (target: Pick<Target, "address" | "port" | "host_name">) => Admission;
}

const ADMITTED: Admission = { ok: true };

/**
 * The names that a run must resolve before it begins and has no pin for yet: those of the scope, and excluded and opted-out domains. A name of
 * the scope that is excluded or opted out is among them: what it resolves to is left alone.
 */
export function namesToPin(scope: Scope, pins: readonly PinnedName[] = []): string[] {
  const { excludedDomains, optedOutDomains } = territoryOf(scope);
  const known = new Set(pins.map((pin) => pin.name));
  return [...new Set([...scope.names, ...excludedDomains, ...optedOutDomains])].filter((name) => !known.has(name));
}

/** The names of the scope under which targets are numbered: those that are not excluded. */
export function namesAsked(scope: Scope): string[] {
  const { excludedDomains } = territoryOf(scope);
  return scope.names.filter((name) => !coveredBy(excludedDomains, name));
}

/**
 * Numbers the targets of a checked scope.
 *
 * @param pins - What `namesToPin` resolved to.
 * @param networks - What each of `asnsLeftAlone` holds; a `TypeError` when one is missing: nobody is asked in spite of an opt-out.
 */
export function targetSpace(scope: Scope, pins: readonly PinnedName[], networks: AsnRanges = new Map()): TargetSpace {
  const open = asnsLeftAlone(scope).find((asn) => !networks.has(asn));
  if (open !== undefined) throw new TypeError(`AS${open} was not looked up`);
  const territory = territoryOf(scope, pins, networks);
  const gate = createGate(scope, territory, pins);
  const named = new Set(scope.names);
  const pairs = pins
    .filter((pin) => named.has(pin.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((pin) => pin.addresses.map((address) => ({ name: pin.name, address })));
  const pinned = pairs.filter(({ name, address }) => gate.standing(name, address) === null);
  const index = indexAddresses(territory.walked);
  const ports = scope.ports.toSorted((a, b) => a - b);
  const byAddress = index.size * ports.length;
  const size = byAddress + pinned.length * ports.length;
  if (!Number.isSafeInteger(size)) throw new RangeError("more targets than can be numbered");
  const target = (address: string, port: number, host_name: string | null): Target => ({
    scheme: "auto",
    address,
    port,
    host_name,
    base_path: "/",
  });
  return {
    size,
    addresses: index.size,
    territory,
    pins,
    networks,
    refusedPins: pairs.flatMap(({ name, address }) => {
      const reason = gate.refusal(name, address);
      return reason === null ? [] : [{ name, address, reason }];
    }),
    at(at) {
      if (!(at >= 0 && at < size)) throw new RangeError(`no target at ${at}`);
      const port = ports[at % ports.length]!;
      const place = Math.floor(at / ports.length);
      if (at < byAddress) return target(formatAddress(index.nth(place)), port, null);
      const pair = pinned[place - index.size]!;
      return target(pair.address, port, pair.name);
    },
    admit: gate.admit,
  };
}

interface Gate {
  /** Why a (name, address) pair is refused on any port; `null` when it is not. */
  readonly refusal: (name: string | null, address: string) => Refusal | null;
  /** The same, opt-outs and addresses of excluded names and AS numbers aside: what has a number. */
  readonly standing: (name: string | null, address: string) => Refusal | null;
  readonly admit: TargetSpace["admit"];
}

function createGate(scope: Scope, territory: Territory, pins: readonly PinnedName[]): Gate {
  const ports = new Set(scope.ports);
  const names = new Set(scope.names);
  const pinned = new Map(pins.map((pin) => [pin.name, new Set(pin.addresses)]));
  const optedOut = (name: string | null, text: string): boolean => {
    if (name !== null && coveredBy(territory.optedOutDomains, name)) return true;
    const address = parseAddress(text);
    return address !== null && holds(territory.optedOut, address);
  };
  const late = union(territory.excludedByName, territory.excludedByAsn);
  const excludedLate = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== null && holds(late, address);
  };
  const standing: Gate["standing"] = (name, text) => {
    const address = parseAddress(text);
    if (address === null || (text.includes(":") && formatAddress(address) !== text)) return "not-an-address";
    if (!holds(territory.open, address)) {
      if (holds(territory.excluded, address)) return "excluded";
      return holds(territory.special, address) ? "special" : "not-in-scope";
    }
    if (name === null) return null;
    if (coveredBy(territory.excludedDomains, name)) return "excluded";
    return names.has(name) && pinned.get(name)?.has(text) === true ? null : "name";
  };
  const refusal: Gate["refusal"] = (name, text) =>
    optedOut(name, text) ? "opt-out" : (standing(name, text) ?? (excludedLate(text) ? "excluded" : null));
  const admit: Gate["admit"] = ({ address, port, host_name: name }) => {
    const reason = refusal(name, address) ?? (ports.has(port) ? null : "port");
    return reason === null ? ADMITTED : { ok: false, reason };
  };
  return { refusal, standing, admit };
}
