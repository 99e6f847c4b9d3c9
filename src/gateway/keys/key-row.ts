import { hash } from "node:crypto";

/** A key as it is kept: everything but the key itself. Times are milliseconds since 1970. */
export interface KeyRow {
  /** Public name of the key, 8 hex digits. */
  readonly id: string;
  /** What it is for, as its maker wrote it. */
  readonly name: string;
  readonly owner: string;
  readonly role: string;
  /** SHA-256 of the key, 64 hex digits. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Addresses and prefixes it may be used from; `null` = any. */
  readonly addresses: readonly string[] | null;
  /** Id of the key that took its place. */
  readonly rotatedTo: string | null;
}

/** Begins every key, so that scanners for leaked secrets can know one. */
const KEY_PREFIX = "corral_";
/** Random bytes of a key. With 256 bits a slow hash would add nothing and give everybody a way to burn our time. */
export const KEY_BYTES = 32;
/** Longest text that is hashed as a key. */
const LONGEST_SECRET = 512;

/** The key made of so many random bytes, as shown once. */
export function keyText(random: Uint8Array): string {
  return `${KEY_PREFIX}${Buffer.from(random).toString("base64url")}`;
}

/** SHA-256 of a key, hex: all that is kept. */
export function keyHash(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** The same as one character a byte, half the time: what the table in memory is keyed by; `null` for what is no key by its length. */
export function quickHash(secret: string): string | null {
  return secret.length === 0 || secret.length > LONGEST_SECRET ? null : hash("sha256", secret, "binary");
}

/** The hex hash as {@link quickHash} writes it. */
export function quickOfHex(hex: string): string {
  return Buffer.from(hex, "hex").toString("latin1");
}
