import { parseAddress, parseIpv6 } from "../model/address.ts";
import { compareIpv6Words, putIpv6Words, readIpv6Words, WORDS } from "./ipv6-words.ts";
import type { RangeTable } from "./range-table.ts";
import { RANGE_WORDS } from "./sorted-ranges.ts";

/** Bytes of one line that are read at most. */
export const RANGE_LINE_BYTES = 4096;

const COMMA = 44;
const QUOTE = 34;
const ZERO = 48;
const HASH = 35;
const CR = 13;
const LARGEST_IPV4 = 0xffff_ffff;
const LARGEST_IPV6 = (1n << 128n) - 1n;
const DECIMAL = /^\d{1,39}$/u;
const AS_NUMBER = /^(?:AS)?(\d{1,10})$/iu;
const ADDRESS_ONLY = /^[\da-f.:]+$/iu;
const ADDRESS_MARK = /[\d.:]/u;
const COUNTRY = /^[A-Za-z]{2}$/u;

/**
 * Reads a line of a table of ranges into `rows`: `first,last,asn,organisation` or `first,last,country`, addresses as text or decimal numbers, the
 * organisation quoted where it holds a comma. Blank lines, `#` comments and ranges of AS 0 (routed by nobody) are passed over.
 *
 * @param from - First byte of the line; `to` is the byte after its last.
 * @returns what is wrong, in words; `null` when nothing is.
 */
export function readRangeLine(bytes: Buffer, from: number, to: number, table: RangeTable): string | null {
  const end = to > from && bytes[to - 1] === CR ? to - 1 : to;
  if (end === from || bytes[from] === HASH) return null;
  if (end - from > RANGE_LINE_BYTES) return `is longer than ${RANGE_LINE_BYTES} bytes`;
  const comma1 = bytes.indexOf(COMMA, from);
  const comma2 = comma1 === -1 ? -1 : bytes.indexOf(COMMA, comma1 + 1);
  if (comma1 === -1 || comma2 === -1 || comma2 >= end) return "needs first,last,asn,organisation or first,last,country";
  const first4 = decimal(bytes, from, comma1);
  const last4 = decimal(bytes, comma1 + 1, comma2);
  if (first4 !== null && last4 !== null) return readOwner4(bytes, comma2 + 1, end, first4, last4, table);
  if (readIpv6Words(bytes, from, comma1, range, 0) && readIpv6Words(bytes, comma1 + 1, comma2, range, WORDS))
    return readOwner6(bytes, comma2 + 1, end, table);
  return readRareLine(bytes, { from, comma1, comma2, end }, table);
}

/** Whether a line begins with what is meant as an address, right or wrong: then it is no header. */
export function beginsWithAddress(bytes: Buffer, from: number, to: number): boolean {
  const comma = bytes.indexOf(COMMA, from);
  const end = Math.min(comma === -1 ? to : comma, to, from + RANGE_LINE_BYTES);
  const text = latin1(bytes, from, end).trim().replaceAll('"', "");
  return ADDRESS_ONLY.test(text) && ADDRESS_MARK.test(text);
}

/** The range of the line that is being read. */
const range = new Uint32Array(RANGE_WORDS);

interface Columns {
  readonly from: number;
  readonly comma1: number;
  readonly comma2: number;
  readonly end: number;
}

/** A line whose addresses are written otherwise: dotted, quoted, with blanks, or IPv6 as a decimal number. */
function readRareLine(bytes: Buffer, { from, comma1, comma2, end }: Columns, table: RangeTable): string | null {
  const first = addressOf(latin1(bytes, from, comma1));
  const last = addressOf(latin1(bytes, comma1 + 1, comma2));
  if (first === null || last === null) return "needs two addresses at its beginning";
  if (first.family !== last.family) return "its two addresses are of different families";
  if (first.family === 4 && last.family === 4)
    return readOwner4(bytes, comma2 + 1, end, first.value, last.value, table);
  putIpv6Words(BigInt(first.value), range, 0);
  putIpv6Words(BigInt(last.value), range, WORDS);
  return readOwner6(bytes, comma2 + 1, end, table);
}

/** Adds the range in `range`. */
function readOwner6(bytes: Buffer, from: number, to: number, table: RangeTable): string | null {
  if (compareIpv6Words(range, 0, range, WORDS) > 0) return "its last address is before its first";
  const entry = readOwner(bytes, from, to, table);
  if (typeof entry === "string") return entry;
  if (entry !== null) table.add6(range, entry);
  return null;
}

function readOwner4(
  bytes: Buffer,
  from: number,
  to: number,
  first: number,
  last: number,
  table: RangeTable,
): string | null {
  if (first > last) return "its last address is before its first";
  const entry = readOwner(bytes, from, to, table);
  if (typeof entry === "string") return entry;
  if (entry !== null) table.add4(first, last, entry);
  return null;
}

/** Reads what a range belongs to; words when it cannot be read, `null` for AS 0. */
function readOwner(bytes: Buffer, from: number, to: number, { names }: RangeTable): number | string | null {
  const comma = bytes.indexOf(COMMA, from);
  const end = comma === -1 || comma > to ? to : comma;
  const asn = decimal(bytes, from, end) ?? asnOf(latin1(bytes, from, end));
  if (asn === 0) return null;
  if (asn !== null) {
    const start = Math.min(end + 1, to);
    if (bytes[start] !== QUOTE || start >= to) return names.entry(asn, bytes, start, to);
    const name = unquoted(bytes, start, to);
    return names.entry(asn, name, 0, name.length);
  }
  const country = latin1(bytes, from, end).trim().replaceAll('"', "");
  if (!COUNTRY.test(country)) return "its third column is neither an AS number nor a country of two letters";
  return names.entry(0, Buffer.from(country.toUpperCase(), "latin1"), 0, 2);
}

/** The text of a quoted field, doubled quotes as one. */
function unquoted(bytes: Buffer, from: number, to: number): Buffer {
  const end = bytes[to - 1] === QUOTE && to - 1 > from ? to - 1 : to;
  const inner = bytes.subarray(from + 1, end);
  return inner.includes(QUOTE) ? Buffer.from(inner.toString("utf8").replaceAll('""', '"'), "utf8") : inner;
}

/** A decimal number up to 2^32 - 1, straight from the bytes; `null` for anything else. */
function decimal(bytes: Buffer, from: number, to: number): number | null {
  if (to - from < 1 || to - from > 10) return null;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value <= LARGEST_IPV4 ? value : null;
}

function asnOf(text: string): number | null {
  const digits = AS_NUMBER.exec(text.trim().replaceAll('"', ""))?.[1];
  const asn = digits === undefined ? -1 : Number(digits);
  return asn >= 0 && asn <= LARGEST_IPV4 ? asn : null;
}

function addressOf(text: string): ReturnType<typeof parseAddress> {
  const trimmed = text.trim().replaceAll('"', "");
  if (!DECIMAL.test(trimmed)) {
    // A table may name ::ffff:0:0/96 itself, which as an address is IPv4: its two ends are of one family either way.
    const address = parseAddress(trimmed);
    const value = address?.family === 4 && trimmed.includes(":") ? parseIpv6(trimmed) : null;
    return value === null ? address : { family: 6, value };
  }
  const value = BigInt(trimmed);
  if (value <= BigInt(LARGEST_IPV4)) return { family: 4, value: Number(value) };
  return value <= LARGEST_IPV6 ? { family: 6, value } : null;
}

function latin1(bytes: Buffer, from: number, to: number): string {
  return bytes.toString("latin1", from, to);
}
