import { parseAddress } from "../../model/address.ts";
import type { Address } from "../../model/address.ts";
import { parsePrefix } from "../../model/prefix.ts";
import { holds, prefixSet } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";

/** Ranges that no stranger's packets come from unless the network lets them in: RFC 1918, RFC 4193, link-local, loopback. */
const PRIVATE_PREFIXES = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
  "127.0.0.0/8",
  "::1/128",
] as const;

/** The set of {@link PRIVATE_PREFIXES}. Shared space of carriers (100.64.0.0/10) is no part of it: neighbours share it. */
export const PRIVATE_RANGES: PrefixSet = setOf(PRIVATE_PREFIXES);
const LOOPBACK: PrefixSet = setOf(["127.0.0.0/8", "::1/128"]);

/** `any` listens on every address of the machine. */
export type AddressKind = "loopback" | "private" | "any" | "public";

/** Tells how far an address reaches; `null` for what is no address literal. */
export function addressKind(text: string): AddressKind | null {
  const address = parseAddress(text);
  if (address === null) return null;
  if (holds(LOOPBACK, address)) return "loopback";
  if (holds(PRIVATE_RANGES, address)) return "private";
  return isUnspecified(address) ? "any" : "public";
}

/** The set of prefixes as a configuration names them; what is no prefix is left out. */
export function setOf(prefixes: readonly string[]): PrefixSet {
  return prefixSet(
    prefixes.flatMap((text) => {
      const prefix = parsePrefix(text);
      return prefix.ok ? [prefix.value] : [];
    }),
  );
}

function isUnspecified(address: Address): boolean {
  return address.family === 4 ? address.value === 0 : address.value === 0n;
}
