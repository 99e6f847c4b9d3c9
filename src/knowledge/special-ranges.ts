import { formatPrefix, parsePrefix } from "../model/prefix.ts";
import type { Prefix } from "../model/prefix.ts";
import { minus, prefixSet } from "../model/prefix-set.ts";
import type { PrefixSet } from "../model/prefix-set.ts";

/** A range that is not somebody's ordinary public network. */
export interface SpecialRange {
  readonly prefix: string;
  readonly name: string;
  readonly source: string;
  /** Whether an operator may run hosts of their own in it and say so under `ownSpecial`; the others are never asked. */
  readonly ownable: boolean;
}

/**
 * Every row of the IANA IPv4 and IPv6 Special-Purpose Address Registries, globally reachable ones (anycast, translation) included,
 * and the multicast and withdrawn ranges that those registries leave to others. Asked is none of them unless declared own (rule R5).
 * Only ::ffff:0:0/96 is missing: an IPv4-mapped address is read as its IPv4, and judged as that.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, RFC 6890, RFC 8190
 */
export const SPECIAL_RANGES: readonly SpecialRange[] = [
  { prefix: "0.0.0.0/8", name: "this network", source: "RFC 791 3.2", ownable: false },
  { prefix: "0.0.0.0/32", name: "this host on this network", source: "RFC 1122 3.2.1.3", ownable: false },
  { prefix: "10.0.0.0/8", name: "private use", source: "RFC 1918", ownable: true },
  { prefix: "100.64.0.0/10", name: "shared address space (carrier NAT)", source: "RFC 6598", ownable: true },
  { prefix: "127.0.0.0/8", name: "loopback", source: "RFC 1122 3.2.1.3", ownable: true },
  { prefix: "169.254.0.0/16", name: "link local", source: "RFC 3927", ownable: true },
  { prefix: "172.16.0.0/12", name: "private use", source: "RFC 1918", ownable: true },
  { prefix: "192.0.0.0/24", name: "IETF protocol assignments", source: "RFC 6890 2.1", ownable: false },
  { prefix: "192.0.0.0/29", name: "IPv4 service continuity", source: "RFC 7335", ownable: false },
  { prefix: "192.0.0.8/32", name: "IPv4 dummy address", source: "RFC 7600", ownable: false },
  { prefix: "192.0.0.9/32", name: "port control protocol anycast", source: "RFC 7723", ownable: false },
  { prefix: "192.0.0.10/32", name: "TURN anycast", source: "RFC 8155", ownable: false },
  { prefix: "192.0.0.170/31", name: "NAT64/DNS64 discovery", source: "RFC 8880, RFC 7050 2.2", ownable: false },
  { prefix: "192.0.2.0/24", name: "documentation", source: "RFC 5737", ownable: true },
  { prefix: "192.31.196.0/24", name: "AS112-v4", source: "RFC 7535", ownable: false },
  { prefix: "192.52.193.0/24", name: "automatic multicast tunneling", source: "RFC 7450", ownable: false },
  { prefix: "192.88.99.0/24", name: "6to4 relay anycast (deprecated)", source: "RFC 7526", ownable: false },
  { prefix: "192.88.99.2/32", name: "6a44 relay anycast", source: "RFC 6751", ownable: false },
  { prefix: "192.168.0.0/16", name: "private use", source: "RFC 1918", ownable: true },
  { prefix: "192.175.48.0/24", name: "direct delegation AS112", source: "RFC 7534", ownable: false },
  { prefix: "198.18.0.0/15", name: "benchmarking", source: "RFC 2544", ownable: true },
  { prefix: "198.51.100.0/24", name: "documentation", source: "RFC 5737", ownable: true },
  { prefix: "203.0.113.0/24", name: "documentation", source: "RFC 5737", ownable: true },
  { prefix: "224.0.0.0/4", name: "multicast", source: "RFC 5771", ownable: false },
  { prefix: "240.0.0.0/4", name: "reserved", source: "RFC 1112 4", ownable: true },
  { prefix: "255.255.255.255/32", name: "limited broadcast", source: "RFC 8190, RFC 919 7", ownable: false },
  { prefix: "::/128", name: "unspecified address", source: "RFC 4291", ownable: false },
  { prefix: "::1/128", name: "loopback", source: "RFC 4291", ownable: true },
  { prefix: "64:ff9b::/96", name: "IPv4-IPv6 translation", source: "RFC 6052", ownable: false },
  { prefix: "64:ff9b:1::/48", name: "IPv4-IPv6 translation, local use", source: "RFC 8215", ownable: false },
  { prefix: "100::/64", name: "discard only", source: "RFC 6666", ownable: false },
  { prefix: "100:0:0:1::/64", name: "dummy IPv6 prefix", source: "RFC 9780", ownable: false },
  { prefix: "2001::/23", name: "IETF protocol assignments", source: "RFC 2928", ownable: false },
  { prefix: "2001::/32", name: "Teredo", source: "RFC 4380, RFC 8190", ownable: false },
  { prefix: "2001:1::1/128", name: "port control protocol anycast", source: "RFC 7723", ownable: false },
  { prefix: "2001:1::2/128", name: "TURN anycast", source: "RFC 8155", ownable: false },
  { prefix: "2001:1::3/128", name: "DNS-SD service registration anycast", source: "RFC 9665", ownable: false },
  { prefix: "2001:2::/48", name: "benchmarking", source: "RFC 5180", ownable: false },
  { prefix: "2001:3::/32", name: "automatic multicast tunneling", source: "RFC 7450", ownable: false },
  { prefix: "2001:4:112::/48", name: "AS112-v6", source: "RFC 7535", ownable: false },
  { prefix: "2001:10::/28", name: "ORCHID (deprecated)", source: "RFC 4843", ownable: false },
  { prefix: "2001:20::/28", name: "ORCHIDv2", source: "RFC 7343", ownable: false },
  { prefix: "2001:30::/28", name: "drone remote identification", source: "RFC 9374", ownable: false },
  { prefix: "2001:db8::/32", name: "documentation", source: "RFC 3849", ownable: true },
  { prefix: "2002::/16", name: "6to4", source: "RFC 3056", ownable: false },
  { prefix: "2620:4f:8000::/48", name: "direct delegation AS112", source: "RFC 7534", ownable: false },
  { prefix: "3fff::/20", name: "documentation", source: "RFC 9637", ownable: true },
  { prefix: "5f00::/16", name: "segment routing identifiers", source: "RFC 9602", ownable: false },
  { prefix: "fc00::/7", name: "unique local", source: "RFC 4193, RFC 8190", ownable: true },
  { prefix: "fe80::/10", name: "link local", source: "RFC 4291", ownable: false },
  { prefix: "fec0::/10", name: "site local (deprecated)", source: "RFC 3879", ownable: false },
  { prefix: "ff00::/8", name: "multicast", source: "RFC 4291 2.7", ownable: false },
];

/** IPv6 outside 2000::/3 that no row above names: never given to anyone. */
const UNASSIGNED: readonly SpecialRange[] = ["::/3", "4000::/2", "8000::/1"].map((prefix) => ({
  prefix,
  name: "outside IPv6 global unicast",
  source: "IANA IPv6 Address Space, RFC 4291 2.4",
  ownable: false,
}));

/** A row with its prefix read. */
export interface ReadRange {
  readonly range: SpecialRange;
  readonly prefix: Prefix;
}

const NAMED = SPECIAL_RANGES.map(read);

/** Every special range, the most specific first: the first that holds an address is the one that names it. */
export const SPECIAL_BY_LENGTH: readonly ReadRange[] = [...NAMED, ...UNASSIGNED.map(read)].toSorted(
  (a, b) => b.prefix.length - a.prefix.length,
);

/** All special addresses. */
export const SPECIAL_SET: PrefixSet = prefixSet(SPECIAL_BY_LENGTH.map((row) => row.prefix));

/** The special addresses that an operator may declare own. */
export const OWNABLE_SET: PrefixSet = minus(
  setOf(NAMED.filter((row) => row.range.ownable)),
  setOf(NAMED.filter((row) => !row.range.ownable)),
);

const PRIVATE = /^(?:private use|shared address space|link local|unique local)/u;

/** Addresses that a machine bears inside a network and the internet does not route: private, shared, unique local, link local. */
export const PRIVATE_SET: PrefixSet = setOf(NAMED.filter((row) => PRIVATE.test(row.range.name)));

/** 127.0.0.0/8 and ::1. */
export const LOOPBACK_SET: PrefixSet = setOf(NAMED.filter((row) => row.range.name === "loopback"));

function read(range: SpecialRange): ReadRange {
  const prefix = parsePrefix(range.prefix);
  if (!prefix.ok || formatPrefix(prefix.value) !== range.prefix)
    throw new TypeError(`${range.prefix} is not canonical`);
  return { range, prefix: prefix.value };
}

function setOf(rows: readonly ReadRange[]): PrefixSet {
  return prefixSet(rows.map((row) => row.prefix));
}
