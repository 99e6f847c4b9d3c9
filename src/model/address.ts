/** An IP address as a number: 32 bits for IPv4 (fast path), a bigint for IPv6. An IPv4-mapped IPv6 address is its IPv4. */
export type Address = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

const DOT = 46;
const ZERO = 48;
const GROUP = /^[0-9a-f]{1,4}$/iu;
const LONGEST_IPV4_TEXT = 15;
const LONGEST_IPV6_TEXT = 45;

/**
 * Reads dotted IPv4 text as an unsigned 32-bit number.
 *
 * @returns `null` unless there are exactly four decimal octets without leading zeros: `010.1.1.1`, `127.1` and `2130706433` mean
 * different addresses to different readers, so they mean none here.
 */
export function parseIpv4(text: string): number | null {
  if (text.length > LONGEST_IPV4_TEXT) return null;
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0) return null;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
    } else {
      if (code < ZERO || code > ZERO + 9 || (digits > 0 && octet === 0)) return null;
      octet = octet * 10 + code - ZERO;
      digits += 1;
      if (octet > 255) return null;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : null;
}

/** Writes an unsigned 32-bit number as dotted IPv4 text. */
export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/**
 * Reads IPv6 text (any form of RFC 4291 2.2) as a 128-bit number, mapped addresses included.
 *
 * @returns `null` for anything else; a zone id (`fe80::1%eth0`) is refused, because it means nothing on another machine.
 */
export function parseIpv6(text: string): bigint | null {
  if (text.length > LONGEST_IPV6_TEXT) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? "", halves.length === 1);
  const tail = groupsOf(halves[1] ?? "", true);
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return BigInt(`0x${[...head, ...Array<string>(missing).fill("0000"), ...tail].join("")}`);
}

/** Groups of one side of `::` as four hex digits each; dotted IPv4 may only end the whole text. */
function groupsOf(text: string, endsText: boolean): string[] | null {
  if (text === "") return [];
  const groups: string[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(part.padStart(4, "0"));
      continue;
    }
    const embedded = endsText && at === parts.length - 1 ? parseIpv4(part) : null;
    if (embedded === null) return null;
    const hex = embedded.toString(16).padStart(8, "0");
    groups.push(hex.slice(0, 4), hex.slice(4));
  }
  return groups;
}

/** Writes a 128-bit number as RFC 5952 text: lower case, no leading zeros, the first longest run of zero groups as `::`. */
export function formatIpv6(value: bigint): string {
  const hex = value.toString(16).padStart(32, "0");
  const groups = Array.from({ length: 8 }, (_, at) => Number.parseInt(hex.slice(at * 4, at * 4 + 4), 16));
  const words = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return words.join(":");
  return `${words.slice(0, run.at).join(":")}::${words.slice(run.at + run.length).join(":")}`;
}

function longestZeroRun(groups: readonly number[]): { readonly at: number; readonly length: number } {
  let best = { at: 0, length: 0 };
  let length = 0;
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { at: at - length + 1, length };
  }
  return best;
}

/** Reads an IP address; `null` for anything but a literal: no brackets, ports, zones, hexadecimal or short IPv4 forms. */
export function parseAddress(text: string): Address | null {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === null ? null : { family: 4, value };
  }
  const value = parseIpv6(text);
  if (value === null) return null;
  return value >> 32n === 0xffffn ? { family: 4, value: Number(value & 0xffff_ffffn) } : { family: 6, value };
}

/** Writes an address in its one canonical form, the `address` of a `Service`. */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatIpv4(address.value) : formatIpv6(address.value);
}

/** The canonical form of an address literal; `null` when it is none. */
export function canonicalAddress(text: string): string | null {
  const address = parseAddress(text);
  return address === null ? null : formatAddress(address);
}
