import { Reader, type Response } from "mmdb-lib";
import { field, isObject, type JsonObject } from "../format/bounded-value.ts";
import { formatAddress, type Address } from "../model/address.ts";
import { instantOf } from "../model/instant.ts";
import { parseAsn } from "../model/network-place.ts";
import type { NetworkPlace } from "../model/network-place.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { BIGINT_STEPS, mergeRanges, NUMBER_STEPS, type Range } from "../model/range.ts";
import type { NetworkTable } from "./locate.ts";
import { eachMmdbLeaf } from "./mmdb-leaves.ts";

const COUNTRY = /^[A-Z]{2}$/u;
const LONGEST_NAME = 1000;

/** A table in MaxMind's format over its bytes, which stay as they are: a look-up walks them. */
export function mmdbTable(bytes: Buffer, name: string): NetworkTable {
  const reader = new Reader<Response>(bytes);
  const { metadata } = reader;
  if (!(metadata.nodeCount > 0 && metadata.searchTreeSize <= bytes.length))
    throw new RangeError("its search tree is larger than the file");
  const isIpv4Only = metadata.ipVersion === 4;
  const place = (address: Address, text: string): NetworkPlace | null => {
    if (isIpv4Only && address.family === 6) return null;
    return placeOf(recordAt(reader, text));
  };
  return {
    name,
    builtOn: instantOf(metadata.buildEpoch.getTime()).slice(0, 10),
    place,
    rangesOf: (asns) => rangesOf(bytes, reader, asns),
  };
}

/** The record of an address; `null` when there is none, or when the file is broken at that place. */
function recordAt(reader: Reader<Response>, text: string): unknown {
  try {
    return reader.get(text);
  } catch {
    return null;
  }
}

/** Reads the fields by the names that MaxMind, ip-location-db, DB-IP and IPinfo give them. */
function placeOf(record: unknown): NetworkPlace | null {
  if (!isObject(record)) return null;
  const country = countryOf(record);
  const asn = asnOf(field(record, "autonomous_system_number") ?? field(record, "asn"));
  const names = ["autonomous_system_organization", "as_name", "organization"].map((key) => field(record, key));
  const named = names.find((value) => typeof value === "string" && value !== "");
  const organisation = typeof named === "string" && asn !== null ? named.slice(0, LONGEST_NAME) : null;
  return country === null && asn === null ? null : { country, asn, organisation };
}

function countryOf(record: JsonObject): string | null {
  const country = field(record, "country");
  const code = field(record, "country_code") ?? (isObject(country) ? field(country, "iso_code") : country);
  return typeof code === "string" && COUNTRY.test(code) ? code : null;
}

function asnOf(value: unknown): number | null {
  if (typeof value === "string") return parseAsn(value);
  return typeof value === "number" && Number.isInteger(value) ? parseAsn(`AS${value}`) : null;
}

function rangesOf(
  bytes: Buffer,
  reader: Reader<Response>,
  asns: ReadonlySet<number>,
): ReadonlyMap<number, PrefixSet> | null {
  const numbers = new Map<number, number | null>(); // of each record of the file
  const found = new Map([...asns].map((asn) => [asn, { v4: [] as Range<number>[], v6: [] as Range<bigint>[] }]));
  eachMmdbLeaf(bytes, reader.metadata, (record, range) => {
    const first: Address = range.family === 4 ? { family: 4, value: range.first } : { family: 6, value: range.first };
    const known = numbers.get(record);
    const asn = known === undefined ? (placeOf(recordAt(reader, formatAddress(first)))?.asn ?? null) : known;
    numbers.set(record, asn);
    const ranges = asn === null ? undefined : found.get(asn);
    if (range.family === 4) ranges?.v4.push({ first: range.first, last: range.last });
    else ranges?.v6.push({ first: range.first, last: range.last });
  });
  if ([...numbers.values()].every((asn) => asn === null)) return null;
  return new Map(
    [...found].map(([asn, { v4, v6 }]) => [
      asn,
      { v4: mergeRanges(v4, NUMBER_STEPS), v6: mergeRanges(v6, BIGINT_STEPS) },
    ]),
  );
}
