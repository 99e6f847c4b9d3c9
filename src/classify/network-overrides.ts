import type { NetworkTier, NetworkType } from "../knowledge/networks/network-kind.ts";

/** What a user says of a network, against tables and rules; `null` = the user says that it is not known. */
export interface NetworkOverride {
  readonly type: NetworkType | null;
  readonly tier: NetworkTier | null;
}

/** The user's own rows: by AS number, and by name of the organisation in small letters. */
export interface NetworkOverrides {
  readonly byAsn: ReadonlyMap<number, NetworkOverride>;
  readonly byName: ReadonlyMap<string, NetworkOverride>;
}

export const NO_OVERRIDES: NetworkOverrides = { byAsn: new Map(), byName: new Map() };
