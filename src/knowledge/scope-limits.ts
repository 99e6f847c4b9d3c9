import type { Basis, Limits } from "../model/scope.ts";

/**
 * How much each basis may name and how fast it may ask. The sums count what is left after merging the prefixes and taking away special
 * ranges and exclusions, over all prefixes together: many small prefixes are no way round.
 */
export interface ScopeCeiling {
  /** IPv4 addresses, plus the IPv6 addresses of prefixes /112 and longer (those are asked one by one, as IPv4 is). */
  readonly addresses: number;
  /** /48 networks of IPv6 prefixes shorter than /112: too large to walk, so only addresses of a target list or a name are asked in them. */
  readonly ipv6Networks: number;
  readonly names: number;
  readonly ports: number;
  /** Highest value of each limit, but for `rescanHours`, which is the lowest. */
  readonly limits: Limits;
  /** A whole pass over a small space lasts at least this long ... */
  readonly shortestPassSeconds: number;
  /** ... unless its rate is this or less (rule R2: slower for small address spaces). */
  readonly unhurriedRate: number;
  readonly retentionDays: number;
}

/** IPv6 prefixes at least this long are walked address by address. */
export const WALKED_IPV6_LENGTH = 112;

const CARD_CEILING = { cardsPerHost: 1000, cardsPerRun: 1_000_000 } as const;

export const SCOPE_CEILINGS: Readonly<Record<Basis, ScopeCeiling>> = {
  own: {
    addresses: 2 ** 24,
    ipv6Networks: 2 ** 24,
    names: 100_000,
    ports: 65_535,
    limits: {
      rate: 20_000,
      perHost: 1000,
      perNetwork: 20_000,
      inFlight: 20_000,
      rescanHours: 0,
      pilot: 10_000,
      ...CARD_CEILING,
    },
    shortestPassSeconds: 1,
    unhurriedRate: 1000,
    retentionDays: 3650,
  },
  contract: {
    addresses: 2 ** 24,
    ipv6Networks: 2 ** 24,
    names: 100_000,
    ports: 100,
    limits: {
      rate: 2000,
      perHost: 20,
      perNetwork: 200,
      inFlight: 5000,
      rescanHours: 1,
      pilot: 10_000,
      ...CARD_CEILING,
    },
    shortestPassSeconds: 10,
    unhurriedRate: 50,
    retentionDays: 1826,
  },
  statutory: {
    addresses: 2 ** 26,
    ipv6Networks: 2 ** 26,
    names: 100_000,
    ports: 100,
    limits: { rate: 2000, perHost: 10, perNetwork: 50, inFlight: 5000, rescanHours: 4, pilot: 10_000, ...CARD_CEILING },
    shortestPassSeconds: 10,
    unhurriedRate: 50,
    retentionDays: 1826,
  },
  research: {
    addresses: 2 ** 32,
    ipv6Networks: 2 ** 32,
    names: 100_000,
    ports: 16,
    limits: {
      rate: 1000,
      perHost: 6,
      perNetwork: 20,
      inFlight: 5000,
      rescanHours: 20,
      pilot: 1000,
      cardsPerHost: 0,
      cardsPerRun: 0,
    },
    shortestPassSeconds: 60,
    unhurriedRate: 10,
    retentionDays: 1826,
  },
};

/**
 * The highest total rate (new connections a second) for a space of so many addresses: the basis' own ceiling, and lower for small spaces.
 */
export function highestRate(basis: Basis, addresses: number): number {
  const ceiling = SCOPE_CEILINGS[basis];
  const slow = Math.floor(addresses / ceiling.shortestPassSeconds);
  return Math.min(ceiling.limits.rate, Math.max(ceiling.unhurriedRate, slow));
}
