import { instantOf } from "../../model/instant.ts";

/** Tags of the few ASN.1 types that a certificate is made of (X.690 8). */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** Writes one value: tag, length, content. */
function tlv(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** SEQUENCE of values already written. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(TAG.sequence, Buffer.concat(parts));
}

/** SET of one value, as a name has them. */
export function setOfOne(part: Uint8Array): Buffer {
  return tlv(TAG.set, part);
}

/** INTEGER that is not negative, from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === 0) at += 1;
  const short = bytes.subarray(at);
  return tlv(
    TAG.integer,
    (short[0] ?? 0) >= 0x80 || short.length === 0 ? Buffer.concat([Buffer.from([0]), short]) : short,
  );
}

/** BOOLEAN TRUE; DER leaves FALSE out where it is the default. */
export function booleanTrue(): Buffer {
  return tlv(TAG.boolean, Buffer.from([0xff]));
}

/** BIT STRING whose last byte has so many bits unused. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return tlv(TAG.bitString, Buffer.concat([Buffer.from([unused]), content]));
}

/** OCTET STRING. */
export function octetString(content: Uint8Array): Buffer {
  return tlv(TAG.octetString, content);
}

/** UTF8String. */
export function utf8(text: string): Buffer {
  return tlv(TAG.utf8, Buffer.from(text));
}

/** OBJECT IDENTIFIER from its dotted text. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return tlv(TAG.oid, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** A moment in seconds: UTCTime until 2049, GeneralizedTime from then on (RFC 5280 4.1.2.5). */
export function time(epochMs: number): Buffer {
  const digits = `${instantOf(epochMs).slice(0, 19).replaceAll(/[-:T]/gu, "")}Z`;
  return digits < "2050"
    ? tlv(TAG.utcTime, Buffer.from(digits.slice(2)))
    : tlv(TAG.generalizedTime, Buffer.from(digits));
}

/** A value with a context tag around it: `[n] EXPLICIT`, or an IMPLICIT list. */
export function contextGroup(number: number, content: Uint8Array): Buffer {
  return tlv(CONTEXT | CONSTRUCTED | number, content);
}

/** A plain value whose own tag is replaced: `[n] IMPLICIT`. */
export function contextValue(number: number, content: Uint8Array): Buffer {
  return tlv(CONTEXT | number, content);
}
