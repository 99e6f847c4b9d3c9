import { highestRate } from "../../knowledge/scope-limits.ts";
import { SPECIAL_BY_LENGTH } from "../../knowledge/special-ranges.ts";
import { canonicalName, domainCovers } from "../../model/host-name.ts";
import { epochMsOf, instantOf } from "../../model/instant.ts";
import { parseAsn } from "../../model/network-place.ts";
import { parsePrefix } from "../../model/prefix.ts";
import { countIpv4, countIpv6, intersect, isEmpty, minus, prefixSet, union } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { PinnedName } from "../../model/pinned-name.ts";
import type { Limits, Scope } from "../../model/scope.ts";
import { scopeHash } from "./scope-hash.ts";
import { leastTime, spaceSize } from "./scope-pace.ts";
import { looksLikePrefix } from "./scope-territory.ts";
import type { Refusal, TargetSpace } from "./target-space.ts";

/** One place that the prefixes name and that is left alone. IPv6 counts can pass 2^53, hence text. */
export interface LeftAlone {
  readonly reason: Refusal;
  /** The prefix or name as the scope or the registry writes it. */
  readonly what: string;
  readonly why: string;
  readonly ipv4_addresses: number;
  readonly ipv6_addresses: string;
}

/** A name that DNS could not tell of. */
export interface UnresolvedName {
  readonly name: string;
  readonly failure: string;
}

/** The record of what a run over a scope would do: how many, how long, what is left alone and why. Nothing in it needed the network but the pins. */
export interface ScopePlan {
  readonly scope_name: string;
  readonly scope_hash: string;
  readonly basis: string;
  readonly operator: string;
  readonly contact: string;
  readonly allowed_by: string;
  readonly since: string;
  readonly until: string;
  /** Days that the authority still lasts, today included. */
  readonly days_left: number;
  readonly vantage: string;
  readonly depth: string;
  readonly prompts: string;
  readonly ports: readonly number[];
  readonly limits: Limits;
  readonly highest_rate: number;
  readonly retention_days: number;
  readonly prefixes: number;
  readonly addresses: number;
  /** IPv6 addresses in prefixes too wide to walk, asked only when a list or a name gives them. */
  readonly listed_only_ipv6: string;
  readonly names: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly failure: string | null;
  }[];
  readonly unresolved_names: number;
  /** Opted-out and excluded names whose addresses could not be learned: a survey does not begin before they can. */
  readonly unresolved_opt_outs: readonly UnresolvedName[];
  readonly unresolved_exclusions: readonly UnresolvedName[];
  readonly targets: number;
  /** Shortest time that connecting to every target once can take at the limits, and the limit that makes it so. */
  readonly seconds: number;
  readonly paced_by: "rate" | "perNetwork";
  /** Whether that is before the authority ends. */
  readonly ends_in_time: boolean;
  /** Tables of networks that the AS numbers to be left alone were looked up in, with build date and age; empty when there was no need. */
  readonly networks: readonly string[];
  readonly left_alone: readonly LeftAlone[];
  readonly refused_names: readonly { readonly name: string; readonly address: string; readonly reason: Refusal }[];
}

const DAY_MS = 86_400_000;

/** Works out the plan of a checked scope; `tables` are words on the tables of networks that were asked. */
export function scopePlan(scope: Scope, space: TargetSpace, nowMs: number, tables: readonly string[] = []): ScopePlan {
  const { territory } = space;
  const { seconds, pacedBy } = leastTime(space.size, scope.ports.length, territory.walked, scope.limits);
  const pinned = new Map(space.pins.map((pin) => [pin.name, pin]));
  return {
    scope_name: scope.name,
    scope_hash: scopeHash(scope),
    basis: scope.basis,
    operator:
      scope.operator.organisation === null
        ? scope.operator.name
        : `${scope.operator.name}, ${scope.operator.organisation}`,
    contact: scope.operator.contact,
    allowed_by: scope.authority.allowedBy,
    since: scope.authority.since,
    until: scope.authority.until,
    days_left: (dayMs(scope.authority.until) - dayMs(instantOf(nowMs).slice(0, 10))) / DAY_MS + 1,
    vantage: scope.vantage,
    depth: scope.depth,
    prompts: scope.prompts,
    ports: scope.ports,
    limits: scope.limits,
    highest_rate: highestRate(scope.basis, spaceSize(territory.open, territory.walked)),
    retention_days: scope.retentionDays,
    prefixes: scope.prefixes.length,
    addresses: space.addresses,
    listed_only_ipv6: countIpv6(minus(territory.open, territory.walked)).toString(),
    names: scope.names.flatMap((name) => pinned.get(name) ?? []),
    unresolved_names: scope.names.filter((name) => !pinned.has(name)).length,
    unresolved_opt_outs: unresolvedAmong(territory.optedOutDomains, space.pins),
    unresolved_exclusions: unresolvedAmong(territory.excludedDomains, space.pins),
    targets: space.size,
    seconds,
    paced_by: pacedBy,
    ends_in_time: nowMs + seconds * 1000 < dayMs(scope.authority.until) + DAY_MS,
    networks: tables,
    left_alone: leftAlone(scope, space),
    refused_names: space.refusedPins,
  };
}

/** What DNS says when a name has no address: that is known. Any other failure leaves open what the name stands for. */
const NO_ADDRESS: readonly string[] = ["not-found", "no-address"];

/** Names to be left alone that were asked for and may stand for any address (rule R4). */
export function unresolvedAmong(domains: readonly string[], pins: readonly PinnedName[]): UnresolvedName[] {
  return pins.flatMap(({ name, failure }) => {
    const open = failure !== null && !NO_ADDRESS.includes(failure);
    return open && domains.includes(name) ? [{ name, failure }] : [];
  });
}

/** Milliseconds of a checked day, `2026-01-31`, at 00:00 UTC. */
function dayMs(day: string): number {
  const ms = epochMsOf(day);
  if (ms === null) throw new TypeError(`${day} is no day`);
  return ms;
}

/** What the scope names and leaves alone; each address is counted once, by the first reason of: opt-out, exclusion, special range. */
function leftAlone(scope: Scope, space: TargetSpace): LeftAlone[] {
  const { named, special } = space.territory;
  const rows: LeftAlone[] = [];
  let counted = prefixSet([]);
  const setOf = (place: string): PrefixSet => setOfPlace(place, space);
  const saidOf = (place: string, why: string): string =>
    isUnresolved(place, space.pins) ? `${why}, not resolved now` : why;
  const count = (reason: Refusal, what: string, why: string, set: PrefixSet): void => {
    const fresh = minus(intersect(named, set), counted);
    // That an AS number or a name leaves out nobody must be seen; a prefix shows it by itself.
    if (isEmpty(fresh) && (reason === "special" || isPrefix(what))) return;
    counted = union(counted, fresh);
    rows.push({ reason, what, why, ipv4_addresses: countIpv4(fresh), ipv6_addresses: countIpv6(fresh).toString() });
  };
  for (const { who, since } of scope.optOut) count("opt-out", who, saidOf(who, `asked on ${since}`), setOf(who));
  for (const what of scope.exclude) count("excluded", what, saidOf(what, "by the scope"), setOf(what));
  for (const { range, prefix } of SPECIAL_BY_LENGTH) {
    count("special", range.prefix, `${range.name} (${range.source})`, intersect(special, prefixSet([prefix])));
  }
  return rows;
}

function isPrefix(place: string): boolean {
  return parseAsn(place) === null && looksLikePrefix(place);
}

/** What a prefix, an AS number, or a name with those below it stands for, as far as was looked up. */
function setOfPlace(place: string, { networks, pins }: Pick<TargetSpace, "networks" | "pins">): PrefixSet {
  const asn = parseAsn(place);
  if (asn !== null) return networks.get(asn) ?? prefixSet([]);
  return prefixSet(
    (isPrefix(place) ? [place] : pinsBelow(place, pins).flatMap(({ addresses }) => addresses)).flatMap((text) => {
      const prefix = parsePrefix(text);
      return prefix.ok ? [prefix.value] : [];
    }),
  );
}

/** A name that was not asked for, as `--dry-run` asks for none. */
function isUnresolved(place: string, pins: readonly PinnedName[]): boolean {
  return parseAsn(place) === null && !isPrefix(place) && pinsBelow(place, pins).length === 0;
}

function pinsBelow(domain: string, pins: readonly PinnedName[]): readonly PinnedName[] {
  const name = canonicalName(domain) ?? domain;
  return pins.filter((pin) => domainCovers(name, pin.name));
}
