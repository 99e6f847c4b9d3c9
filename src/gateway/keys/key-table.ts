import { RecentTexts } from "../../format/recent-texts.ts";
import { parseAddress } from "../../model/address.ts";
import { holds } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import { setOf } from "../config/address-kind.ts";
import type { Principal } from "../principal.ts";
import { quickHash, quickOfHex } from "./key-row.ts";
import type { KeyRow } from "./key-row.ts";

/** Why a presented credential stands for nobody; for the record alone, every client gets the same answer. */
export type Unknown =
  | "no-credential"
  | "malformed-credential"
  | "unknown-key"
  | "revoked-key"
  | "expired-key"
  | "address-not-allowed"
  | "path-token-off"
  | "basic-off"
  | "signatures-off"
  | "signature-over-plain"
  | "unknown-signer"
  | "bad-signature"
  | "signature-query"
  | "signature-window"
  | "signature-replayed"
  | "braked";

interface Known {
  readonly principal: Principal;
  readonly expiresAt: number;
  readonly isRevoked: boolean;
  readonly addresses: PrefixSet | null;
}

/** The keys in memory: a lookup costs one SHA-256 and one look into a map, whatever is presented. */
export interface KeyTable {
  readonly size: number;
  /** Whom a key stands for, used from this address at this time, or why nobody. */
  find(secret: string, address: string, nowMs: number): Principal | Unknown;
  /** The same for the key of an id, without the key: what it would be answered. */
  findById(id: string, address: string, nowMs: number): Principal | Unknown;
}

/**
 * Builds the table. What is looked up is the hash of what was presented: how long a lookup takes tells of the hash alone, which nobody
 * can choose, so the comparison needs no constant time.
 */
export function createKeyTable(rows: readonly KeyRow[]): KeyTable {
  const byHash = new Map<string, Known>();
  const byId = new Map<string, Known>();
  for (const row of rows) {
    const principal: Principal = Object.freeze({
      keyId: row.id,
      name: row.name,
      owner: row.owner,
      role: row.role,
      via: "key" as const,
      endpoints: null,
    });
    const known: Known = {
      principal,
      expiresAt: row.expiresAt ?? Number.POSITIVE_INFINITY,
      isRevoked: row.revokedAt !== null,
      addresses: row.addresses === null ? null : setOf(row.addresses),
    };
    byId.set(row.id, known);
    byHash.set(quickOfHex(row.hash), known);
  }
  // Of secrets that come again and again the hash is made once; whom it stands for is asked of the table each time.
  const hashes = new RecentTexts(quickHash);
  return {
    size: byHash.size,
    find: (secret, address, nowMs) => {
      const quick = hashes.of(secret);
      const known = quick === null ? undefined : byHash.get(quick);
      return known === undefined ? "unknown-key" : judge(known, address, nowMs);
    },
    findById: (id, address, nowMs) => {
      const known = byId.get(id);
      return known === undefined ? "unknown-key" : judge(known, address, nowMs);
    },
  };
}

function judge(known: Known, address: string, nowMs: number): Principal | Unknown {
  if (known.isRevoked) return "revoked-key";
  if (nowMs >= known.expiresAt) return "expired-key";
  if (known.addresses === null) return known.principal;
  const from = parseAddress(address);
  return from !== null && holds(known.addresses, from) ? known.principal : "address-not-allowed";
}
