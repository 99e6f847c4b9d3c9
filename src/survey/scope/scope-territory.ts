import { WALKED_IPV6_LENGTH } from "../../knowledge/scope-limits.ts";
import { SPECIAL_SET } from "../../knowledge/special-ranges.ts";
import { parseAddress } from "../../model/address.ts";
import { canonicalName, domainCovers } from "../../model/host-name.ts";
import { parseAsn } from "../../model/network-place.ts";
import type { PinnedName } from "../../model/pinned-name.ts";
import { parsePrefix } from "../../model/prefix.ts";
import type { Prefix } from "../../model/prefix.ts";
import { minus, prefixSet, union } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { Scope } from "../../model/scope.ts";

/** The parts of a scope that say where; what `territoryOf` needs. */
export type ScopePlaces = Pick<Scope, "prefixes" | "exclude" | "optOut" | "ownSpecial">;

/** The addresses of AS numbers, by a table of networks. */
export type AsnRanges = ReadonlyMap<number, PrefixSet>;

/** Where a scope allows to ask, as sets of addresses and lists of domains. */
export interface Territory {
  /** What the prefixes name, before anything is taken away. */
  readonly named: PrefixSet;
  readonly excluded: PrefixSet;
  readonly excludedDomains: readonly string[];
  /** What excluded names resolve to. Still in `open`, as opt-outs are: DNS must not move a run's order of targets. */
  readonly excludedByName: PrefixSet;
  /** What excluded AS numbers hold by the table of networks; in `open` as well: a newer table must not move the order either. */
  readonly excludedByAsn: PrefixSet;
  /** Special-purpose ranges that are not declared own. */
  readonly special: PrefixSet;
  /** Named, and neither excluded nor special. Opt-outs are still in: they come and go without moving a run's order of targets. */
  readonly open: PrefixSet;
  /** The part of `open` that is walked address by address: IPv4, and IPv6 of prefixes /112 and longer. */
  readonly walked: PrefixSet;
  readonly optedOut: PrefixSet;
  readonly optedOutDomains: readonly string[];
}

/**
 * Draws the territory of a scope whose prefixes and names were checked; a `TypeError` for any that was not.
 *
 * @param pins - Names resolved so far: what opted-out and excluded domains, and names below them, resolve to is left alone as well.
 * @param networks - AS numbers looked up so far, alike.
 */
export function territoryOf(
  scope: ScopePlaces,
  pins: readonly PinnedName[] = [],
  networks: AsnRanges = new Map(),
): Territory {
  const prefixes = scope.prefixes.map(prefixOf);
  const named = prefixSet(prefixes);
  const out = splitPlaces(scope.exclude);
  const leftAlone = splitPlaces(scope.optOut.map((row) => row.who));
  const special = minus(SPECIAL_SET, prefixSet(scope.ownSpecial.map(prefixOf)));
  const excluded = prefixSet(out.prefixes);
  const open = minus(minus(named, excluded), special);
  const walked = prefixSet(prefixes.filter((prefix) => prefix.family === 4 || prefix.length >= WALKED_IPV6_LENGTH));
  return {
    named,
    excluded,
    excludedDomains: out.domains,
    excludedByName: prefixSet(pinnedBelow(out.domains, pins)),
    excludedByAsn: rangesOf(out.asns, networks),
    special,
    open,
    walked: minus(minus(walked, excluded), special),
    optedOut: union(
      prefixSet([...leftAlone.prefixes, ...pinnedBelow(leftAlone.domains, pins)]),
      rangesOf(leftAlone.asns, networks),
    ),
    optedOutDomains: leftAlone.domains,
  };
}

/** The AS numbers that a scope leaves alone, each once: without a table of networks it cannot run. */
export function asnsLeftAlone({ exclude, optOut }: Pick<ScopePlaces, "exclude" | "optOut">): readonly number[] {
  return [...new Set([...splitPlaces(exclude).asns, ...splitPlaces(optOut.map((row) => row.who)).asns])];
}

/** Whether one of the domains is the name or above it. */
export function coveredBy(domains: readonly string[], name: string): boolean {
  return domains.some((domain) => domainCovers(domain, name));
}

/** Whether a text is meant as a prefix or address; anything else is meant as a name. */
export function looksLikePrefix(text: string): boolean {
  return text.includes("/") || text.includes(":") || parseAddress(text) !== null;
}

/** What the domains, and names below them, resolved to. */
function pinnedBelow(domains: readonly string[], pins: readonly PinnedName[]): Prefix[] {
  return pins.filter((pin) => coveredBy(domains, pin.name)).flatMap((pin) => pin.addresses.map(prefixOf));
}

interface Places {
  readonly asns: readonly number[];
  readonly prefixes: readonly Prefix[];
  readonly domains: readonly string[];
}

function splitPlaces(places: readonly string[]): Places {
  const others = places.filter((place) => parseAsn(place) === null);
  return {
    asns: places.flatMap((place) => parseAsn(place) ?? []),
    prefixes: others.filter(looksLikePrefix).map(prefixOf),
    domains: others.filter((place) => !looksLikePrefix(place)).map(domainOf),
  };
}

function rangesOf(asns: readonly number[], networks: AsnRanges): PrefixSet {
  return asns.reduce((all, asn) => union(all, networks.get(asn) ?? prefixSet([])), prefixSet([]));
}

function prefixOf(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new TypeError(prefix.error);
  return prefix.value;
}

function domainOf(text: string): string {
  const name = canonicalName(text);
  if (name === null) throw new TypeError(`"${text}" is no name`);
  return name;
}
