import type { Buffer } from "node:buffer";

const LITERALS = { true: [116, 114, 117, 101], false: [102, 97, 108, 115, 101], null: [110, 117, 108, 108] } as const;
const LONGEST_NUMBER = 128; // characters
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;
const LETTER_U = 117;

/** Byte after `true`, `false` or `null`; -1 when something else stands there. */
export function literalEnd(bytes: Buffer, from: number, kind: keyof typeof LITERALS): number {
  const letters = LITERALS[kind];
  for (let at = 0; at < letters.length; at += 1) if (bytes[from + at] !== letters[at]) return -1;
  return from + letters.length;
}

/** Byte after an escape that begins with the backslash at `from`; -1 when JSON knows no such escape. */
export function escapeEnd(bytes: Buffer, from: number): number {
  const letter = bytes[from + 1] ?? 0;
  if (letter === LETTER_U) {
    for (let at = from + 2; at < from + 6; at += 1) if (!isHex(bytes[at] ?? 0)) return -1;
    return from + 6;
  }
  return ESCAPES.has(letter) ? from + 2 : -1;
}

const ESCAPES: ReadonlySet<number> = new Set([34, 92, 47, 98, 102, 110, 114, 116]);

function isHex(byte: number): boolean {
  const lower = byte | 32;
  return isDigit(byte) || (lower >= 97 && lower <= 102);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}

/** Byte after a number as RFC 8259 writes it; -1 when it is none, or longer than any number needs to be. */
export function numberEnd(bytes: Buffer, from: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  const first = bytes[at] ?? 0;
  if (!isDigit(first)) return -1;
  at = first === ZERO ? at + 1 : digitsEnd(bytes, at);
  if (bytes[at] === DOT) {
    const after = digitsEnd(bytes, at + 1);
    if (after === at + 1) return -1;
    at = after;
  }
  if (((bytes[at] ?? 0) | 32) === 101) {
    const sign = bytes[at + 1] ?? 0;
    const digits = sign === MINUS || sign === PLUS ? at + 2 : at + 1;
    const after = digitsEnd(bytes, digits);
    if (after === digits) return -1;
    at = after;
  }
  return at - from > LONGEST_NUMBER ? -1 : at;
}

function digitsEnd(bytes: Buffer, from: number): number {
  const last = from + LONGEST_NUMBER;
  let at = from;
  while (at <= last && isDigit(bytes[at] ?? 0)) at += 1;
  return at;
}

/** Bytes that native code searches in one go: no search holds up others, however far the next quote is. */
const LEAP_BYTES = 64 * 1024;

/** Index of the next such byte from `from` on, or one at or behind the limit when none stands before it. */
export function nextOf(bytes: Buffer, byte: number, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== byte) {
    const end = Math.min(at + LEAP_BYTES, bytes.length);
    const found = bytes.subarray(at, end).indexOf(byte);
    at = found === -1 ? end : at + found;
  }
  return at;
}

/** Whether a range of bytes is a name. */
export function isSame(bytes: Buffer, from: number, to: number, name: Uint8Array): boolean {
  if (to - from !== name.length) return false;
  for (let at = 0; at < name.length; at += 1) if (bytes[from + at] !== name[at]) return false;
  return true;
}

/** White space of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

/** Kind of a scalar by its first byte; what begins nothing is taken for a number and found to be none. */
export function kindOf(byte: number): "true" | "false" | "null" | "number" {
  if (byte === 116) return "true";
  if (byte === 102) return "false";
  return byte === 110 ? "null" : "number";
}
