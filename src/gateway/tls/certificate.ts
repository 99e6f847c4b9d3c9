import { createPublicKey, hash, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { parseAddress } from "../../model/address.ts";
import type { Address } from "../../model/address.ts";
import { parsePrefix } from "../../model/prefix.ts";
import type { Prefix } from "../../model/prefix.ts";
import {
  bitString,
  booleanTrue,
  contextGroup,
  contextValue,
  derOf,
  integer,
  octetString,
  oid,
  sequence,
  setOfOne,
  time,
  utf8,
  written,
} from "./der.ts";
import type { Value } from "./der.ts";

const OID = {
  commonName: "2.5.4.3",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  subjectKey: "2.5.29.14",
  keyUsage: "2.5.29.15",
  altName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  authorityKey: "2.5.29.35",
  extendedUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
} as const;

/** What every certificate says. Keys are EC P-256: every client knows them. */
interface Body {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly issuerKey: KeyObject;
  /** Serial number, at most 20 random bytes. */
  readonly serial: Uint8Array;
  readonly from: number;
  readonly until: number;
}

/** A certificate authority that vouches for these names and ranges only, whatever its key may sign. */
export interface AuthorityWish extends Omit<Body, "issuer" | "publicKey"> {
  /** DNS names, each with all below it. */
  readonly names: readonly string[];
  /** Prefixes of addresses. */
  readonly prefixes: readonly string[];
}

/** A server's certificate. */
export interface LeafWish extends Body {
  /** DNS names and addresses. */
  readonly names: readonly string[];
}

/** Makes the authority's own certificate, PEM (RFC 5280 4.2.1.10 for its limits). */
export function authorityCertificate(wish: AuthorityWish): string {
  const permitted = [
    ...wish.names.map(dnsName),
    ...wish.prefixes.map((text) => contextValue(7, prefixBytes(text))),
  ].map((base) => sequence(base));
  return certificate({ ...wish, issuer: wish.subject, publicKey: createPublicKey(wish.issuerKey) }, [
    extension(OID.basicConstraints, sequence(booleanTrue(), integer(Buffer.from([0]))), true),
    extension(OID.keyUsage, bitString(Buffer.from([0b0000_0110]), 1), true),
    extension(OID.nameConstraints, sequence(contextGroup(0, ...permitted)), true),
  ]);
}

/** Makes a server's certificate, PEM. */
export function leafCertificate(wish: LeafWish): string {
  const names = wish.names.map((name) => {
    const address = parseAddress(name);
    return address === null ? dnsName(name) : contextValue(7, addressBytes(address));
  });
  return certificate(wish, [
    extension(OID.basicConstraints, sequence(), true),
    extension(OID.keyUsage, bitString(Buffer.from([0b1000_0000]), 7), true),
    extension(OID.extendedUsage, sequence(oid(OID.serverAuth))),
    extension(OID.altName, sequence(...names)),
    extension(OID.authorityKey, sequence(contextValue(0, keyId(createPublicKey(wish.issuerKey))))),
  ]);
}

function certificate(body: Body, extensions: readonly Value[]): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const signed = sequence(
    contextGroup(0, integer(Buffer.from([2]))),
    integer(body.serial),
    algorithm,
    nameOf(body.issuer),
    sequence(time(body.from), time(body.until)),
    nameOf(body.subject),
    written(body.publicKey.export({ format: "der", type: "spki" })),
    contextGroup(3, sequence(...extensions, extension(OID.subjectKey, octetString(keyId(body.publicKey))))),
  );
  const whole = sequence(signed, algorithm, bitString(sign("sha256", derOf(signed), body.issuerKey)));
  const lines =
    derOf(whole)
      .toString("base64")
      .match(/.{1,64}/gu) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function extension(id: string, value: Value, isCritical = false): Value {
  return sequence(oid(id), ...(isCritical ? [booleanTrue()] : []), octetString(derOf(value)));
}

function nameOf(commonName: string): Value {
  return sequence(setOfOne(sequence(oid(OID.commonName), utf8(commonName))));
}

function dnsName(name: string): Value {
  return contextValue(2, Buffer.from(name, "latin1"));
}

/** 160 bits of the SHA-256 of the public key (RFC 7093 2). */
function keyId(key: KeyObject): Buffer {
  return hash("sha256", key.export({ format: "der", type: "spki" }), "buffer").subarray(0, 20);
}

function addressBytes(address: Address): Buffer {
  const digits = address.family === 4 ? 8 : 32;
  return Buffer.from(address.value.toString(16).padStart(digits, "0"), "hex");
}

function prefixBytes(text: string): Buffer {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new TypeError(prefix.error);
  return Buffer.concat([addressBytes(firstOf(prefix.value)), maskBytes(prefix.value)]);
}

function firstOf(prefix: Prefix): Address {
  return prefix.family === 4 ? { family: 4, value: prefix.first } : { family: 6, value: prefix.first };
}

function maskBytes({ family, length }: Prefix): Buffer {
  const bits = family === 4 ? 32 : 128;
  const ones = ((1n << BigInt(length)) - 1n) << BigInt(bits - length);
  return Buffer.from(ones.toString(16).padStart(bits / 4, "0"), "hex");
}
