import { formatIpv4, formatIpv6, parseAddress, parseIpv6 } from "./address.ts";
import { fail, ok } from "./result.ts";
import type { Result } from "./result.ts";

/** A CIDR prefix with its first and last address. */
export type Prefix =
  | { readonly family: 4; readonly first: number; readonly last: number; readonly length: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint; readonly length: number };

const LENGTH = /^(?:0|[1-9]\d{0,2})$/u;

/**
 * Reads `192.0.2.0/24`, `2001:db8::/32`, or an address alone as its /32 or /128. An IPv4-mapped prefix of /96 or longer is its IPv4.
 *
 * @returns what is wrong in words; with host bits set, the words name the prefix that was probably meant.
 */
export function parsePrefix(text: string): Result<Prefix, string> {
  const slash = text.indexOf("/");
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const address = parseAddress(addressText);
  if (address === null) return fail(`"${text}" is neither an IP address nor a prefix such as 192.0.2.0/24`);
  const bits = addressText.includes(":") ? 128 : 32;
  const lengthText = slash === -1 ? String(bits) : text.slice(slash + 1);
  if (!LENGTH.test(lengthText) || Number(lengthText) > bits)
    return fail(`"${text}" needs a length between /0 and /${bits}`);
  const length = Number(lengthText);
  const prefix =
    address.family === 4 && length >= bits - 32
      ? prefixOf4(address.value, length - (bits - 32))
      : prefixOf6(parseIpv6(addressText) ?? 0n, length);
  const given = address.family === 4 && prefix.family === 6 ? parseIpv6(addressText) : address.value;
  if (prefix.first !== given) return fail(`"${text}" has host bits set; did you mean ${formatPrefix(prefix)}?`);
  return ok(prefix);
}

function prefixOf4(value: number, length: number): Prefix {
  const size = 2 ** (32 - length);
  const first = value - (value % size);
  return { family: 4, first, last: first + size - 1, length };
}

function prefixOf6(value: bigint, length: number): Prefix {
  const size = 1n << BigInt(128 - length);
  const first = value - (value % size);
  return { family: 6, first, last: first + size - 1n, length };
}

/** Writes a prefix in its one canonical form, always with a length. */
export function formatPrefix(prefix: Prefix): string {
  return `${prefix.family === 4 ? formatIpv4(prefix.first) : formatIpv6(prefix.first)}/${prefix.length}`;
}

/** Whether `outer` holds the whole of `inner`. */
export function prefixContains(outer: Prefix, inner: Prefix): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two prefixes share an address (then one holds the other). */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return prefixContains(a, b) || prefixContains(b, a);
}

/** Number of addresses in a prefix. */
export function prefixSize(prefix: Prefix): bigint {
  return 1n << BigInt((prefix.family === 4 ? 32 : 128) - prefix.length);
}
