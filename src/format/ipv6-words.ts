/** An IPv6 address as four numbers of 32 bits, written into an array of them. */
export const WORDS = 4;

const COLON = 58;
const DOT = 46;
const WORD_BITS = 32n;
const WORD = 0xffff_ffffn;

const groups = new Uint16Array(8);

/**
 * Reads IPv6 text in hexadecimal groups straight from bytes into `words` at `at`; tables hold hundreds of thousands of them. `false` for anything else,
 * and for the form with a dotted IPv4 in it, which may well be an address: `parseIpv6` knows it.
 */
export function readIpv6Words(bytes: Uint8Array, from: number, to: number, words: Uint32Array, at: number): boolean {
  let count = 0;
  let gap = -1;
  let next = from;
  if (to - from > 39) return false;
  while (next < to) {
    if (bytes[next] === COLON) {
      if (next + 1 < to && bytes[next + 1] === COLON) {
        if (gap !== -1) return false;
        gap = count;
        next += 2;
        continue;
      }
      if (next === from || bytes[next - 1] === COLON) return false;
      next += 1;
      if (next === to) return false;
    }
    const start = next;
    let value = 0;
    for (let digit = digitOf(bytes[next]!); next < to && digit !== -1; digit = next < to ? digitOf(bytes[next]!) : -1) {
      value = value * 16 + digit;
      next += 1;
    }
    if (next === start || next - start > 4 || count === 8 || (next < to && bytes[next] === DOT)) return false;
    groups[count] = value;
    count += 1;
    if (next < to && bytes[next] !== COLON) return false;
  }
  if (gap === -1 ? count !== 8 : count > 7) return false;
  const missing = 8 - count;
  for (let place = 0; place < 8; place += 2) {
    words[at + place / 2] = groupAt(place, gap, missing) * 65_536 + groupAt(place + 1, gap, missing);
  }
  return true;
}

/** The group at a place of the whole address, with the zeros that `::` stands for. */
function groupAt(place: number, gap: number, missing: number): number {
  if (gap === -1 || place < gap) return groups[place]!;
  return place < gap + missing ? 0 : groups[place - missing]!;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

/** Writes a 128-bit number as four words. */
export function putIpv6Words(value: bigint, words: Uint32Array, at: number): void {
  words[at] = Number(value >> 96n);
  words[at + 1] = Number((value >> 64n) & WORD);
  words[at + 2] = Number((value >> WORD_BITS) & WORD);
  words[at + 3] = Number(value & WORD);
}

/** The 128-bit number of four words. */
export function ipv6OfWords(words: Uint32Array, at: number): bigint {
  return (
    (BigInt(words[at]!) << 96n) |
    (BigInt(words[at + 1]!) << 64n) |
    (BigInt(words[at + 2]!) << WORD_BITS) |
    BigInt(words[at + 3]!)
  );
}

/** Orders two addresses of four words each: below 0, 0 or above. */
export function compareIpv6Words(a: Uint32Array, atA: number, b: Uint32Array, atB: number): number {
  for (let word = 0; word < WORDS; word += 1) {
    const difference = a[atA + word]! - b[atB + word]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
