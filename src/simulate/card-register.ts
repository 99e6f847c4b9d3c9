import type { Holding } from "./holding.ts";
import type { KnownRelease } from "./releases.ts";

/** Which cards were shown so far, and of whom they speak: a card is asked until three networks showed the same. */
export interface CardRegister {
  /** Notes that a service in this network shows a card, unless three networks or this one already did. */
  shows(holding: Holding, release: KnownRelease, network: string): boolean;
  /** Whether three networks agree on the card of a digest at a version; at any version. */
  agreed(digest: string, version: string): boolean;
  agreedAtAll(digest: string): boolean;
}

const WITNESSES = 3;

/** Opens an empty register. */
export function openCardRegister(): CardRegister {
  const networks = new Map<string, readonly string[]>();
  const settled = new Set<string>();
  const key = (digest: string, version: string): string => `${digest} ${version}`;
  return {
    shows: ({ digest }, { version }, network) => {
      const at = key(digest, version);
      const seen = networks.get(at) ?? [];
      if (seen.length >= WITNESSES || seen.includes(network)) return false;
      networks.set(at, [...seen, network]);
      if (seen.length + 1 === WITNESSES) settled.add(digest);
      return true;
    },
    agreed: (digest, version) => (networks.get(key(digest, version))?.length ?? 0) >= WITNESSES,
    agreedAtAll: (digest) => settled.has(digest),
  };
}
