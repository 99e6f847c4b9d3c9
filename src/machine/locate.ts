import { type Address, parseAddress } from "../model/address.ts";
import { epochMsOf } from "../model/instant.ts";
import type { NetworkPlace } from "../model/network-place.ts";
import type { Observation } from "../model/observation.ts";
import { holds, type PrefixSet, union } from "../model/prefix-set.ts";

/** A table of networks: which address lies in which country, or belongs to which AS number. */
export interface NetworkTable {
  /** `ip-location-db asn`, or the file's name: what `place_source` says. */
  readonly name: string;
  /** `2026-06-17`: the day on which the table was built, or of a CSV file written. */
  readonly builtOn: string;
  /** `text` is the canonical text of `address`. */
  place(address: Address, text: string): NetworkPlace | null;
  /** Every address of each of the AS numbers; `null` from a table that knows no AS numbers at all. */
  rangesOf(asns: ReadonlySet<number>): ReadonlyMap<number, PrefixSet> | null;
}

/** The places of addresses, from one or more tables: for each field the first table that tells it. */
export interface Locator {
  readonly tables: readonly NetworkTable[];
  /** The observation with country, AS number and organisation filled in where it carries none; `place_source` then names the tables. */
  placed(observation: Observation): Observation;
  /** Every address that any table gives to each of the AS numbers; `null` when none knows AS numbers. */
  rangesOf(asns: ReadonlySet<number>): ReadonlyMap<number, PrefixSet> | null;
}

const DAY_MS = 86_400_000;

const NONE: PrefixSet = { v4: [], v6: [] };

/** Puts tables together; the first that tells a field decides it. Addresses in `nowhere` are not placed at all. */
export function locatorOf(tables: readonly NetworkTable[], nowhere: PrefixSet = NONE): Locator {
  return {
    tables,
    placed: (observation) => placed(observation, tables, nowhere),
    rangesOf: (asns) => {
      const told = tables.flatMap((table) => table.rangesOf(asns) ?? []);
      if (told.length === 0) return null;
      const all = (asn: number): PrefixSet => told.reduce((sum, one) => union(sum, one.get(asn) ?? NONE), NONE);
      return new Map([...asns].map((asn) => [asn, all(asn)]));
    },
  };
}

/** One line per table, with its age: what must be said wherever a table is used. */
export function tableWords({ name, builtOn }: Pick<NetworkTable, "name" | "builtOn">, nowMs: number): string {
  const builtMs = epochMsOf(builtOn);
  const days = builtMs === null ? null : Math.floor((nowMs - builtMs) / DAY_MS);
  const age = days === null ? "of unknown age" : days === 1 ? "1 day old" : `${days} days old`;
  return `${name}, built ${builtOn}, ${age}`;
}

/** The words of all tables, as one line for people. */
export function locatorWords({ tables }: Locator, nowMs: number): string {
  return `networks: ${tables.map((table) => tableWords(table, nowMs)).join("; ")}`;
}

/**
 * Fills what the record does not carry. The organisation belongs to its AS number: a record that names another number than the table keeps no
 * organisation rather than a wrong one. Region and city are never filled.
 */
function placed(observation: Observation, tables: readonly NetworkTable[], nowhere: PrefixSet): Observation {
  let { country, asn, organisation } = observation;
  if (country !== null && asn !== null && organisation !== null) return observation;
  const address = parseAddress(observation.address);
  if (address === null || holds(nowhere, address)) return observation;
  const sources = observation.place_source === null ? [] : [observation.place_source];
  for (const table of tables) {
    const told = table.place(address, observation.address);
    if (told === null) continue;
    const before = [country, asn, organisation];
    country ??= told.country;
    asn ??= told.asn;
    if (asn === told.asn) organisation ??= told.organisation;
    if (before[0] !== country || before[1] !== asn || before[2] !== organisation)
      sources.push(`${table.name} ${table.builtOn}`);
  }
  if (sources.length === (observation.place_source === null ? 0 : 1)) return observation;
  return { ...observation, country, asn, organisation, place_source: sources.join(", ") };
}
