import {
  BitString,
  Boolean as Asn1Boolean,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  Set as Asn1Set,
  UTCTime,
  Utf8String,
} from "asn1js";
import type { AsnType, BaseBlock } from "asn1js";
import { instantOf } from "../../model/instant.ts";

/** A value of ASN.1, of the few types that a certificate is made of. */
export type Value = BaseBlock;

const CONTEXT = 3;

/** A value's bytes. */
export function derOf(value: Value): Buffer {
  return Buffer.from(value.toBER());
}

/** SEQUENCE. */
export function sequence(...value: readonly Value[]): Value {
  return new Sequence({ value: [...value] as AsnType[] });
}

/** SET of one value, as a name has them. */
export function setOfOne(value: Value): Value {
  return new Asn1Set({ value: [value] });
}

/** INTEGER that is not negative, from its big-endian bytes. */
export function integer(bytes: Uint8Array): Value {
  // A first bit that is set would make it negative.
  const isSet = (bytes[0] ?? 0) >= 0x80;
  return new Integer({ valueHex: isSet ? Buffer.concat([Buffer.from([0]), bytes]) : bytes });
}

/** BOOLEAN TRUE; DER leaves FALSE out where it is the default. */
export function booleanTrue(): Value {
  return new Asn1Boolean({ value: true });
}

/** BIT STRING whose last byte has so many bits unused. */
export function bitString(valueHex: Uint8Array, unusedBits = 0): Value {
  return new BitString({ valueHex, unusedBits });
}

/** OCTET STRING. */
export function octetString(valueHex: Uint8Array): Value {
  return new OctetString({ valueHex });
}

/** UTF8String. */
export function utf8(value: string): Value {
  return new Utf8String({ value });
}

/** OBJECT IDENTIFIER from its dotted text. */
export function oid(value: string): Value {
  return new ObjectIdentifier({ value });
}

/** A moment in seconds: UTCTime until 2049, GeneralizedTime from then on (RFC 5280 4.1.2.5). */
export function time(epochMs: number): Value {
  const digits = `${instantOf(epochMs).slice(0, 19).replaceAll(/[-:T]/gu, "")}Z`;
  return digits < "2050" ? new UTCTime({ value: digits.slice(2) }) : new GeneralizedTime({ value: digits });
}

/** A value with a context tag around it: `[n] EXPLICIT`, or an IMPLICIT list. */
export function contextGroup(tagNumber: number, ...value: readonly Value[]): Value {
  return new Constructed({ idBlock: { tagClass: CONTEXT, tagNumber }, value: [...value] as AsnType[] });
}

/** A plain value whose own tag is replaced: `[n] IMPLICIT`. */
export function contextValue(tagNumber: number, valueHex: Uint8Array): Value {
  return new Primitive({ idBlock: { tagClass: CONTEXT, tagNumber }, valueHex });
}

/** A value that is already written. */
export function written(bytes: Uint8Array): Value {
  const { result, offset } = fromBER(bytes);
  if (offset === -1) throw new TypeError("no value of ASN.1");
  return result;
}
