/** What an autonomous system mostly is. The study counts "ASN types" without publishing its list; this one is ours (docs/networks.md). */
export const NETWORK_TYPES = [
  "fixed-access", // homes and offices by wire, fibre or fixed radio; what big telecoms rent out to anyone else is counted here too
  "mobile",
  "satellite",
  "hosting", // virtual and dedicated servers, web hosting, colocation
  "cloud", // platforms of the few largest operators of data centres
  "cdn",
  "transit", // carriers' carriers and exchanges
  "education", // universities, schools, research, and their networks
  "government",
  "enterprise", // anybody else's own network
] as const;
export type NetworkType = (typeof NETWORK_TYPES)[number];

/** Infrastructure tiers of the 2026 study (facts/study.md 1.2, row 17); not known is `null` and a class of its own. */
export const NETWORK_TIERS = ["hyperscaler", "indie-cloud", "telecom-residential", "academic", "other"] as const;
export type NetworkTier = (typeof NETWORK_TIERS)[number];

/** The tier that each type stands in, unless a row or the user says otherwise. */
export const TIER_OF_TYPE = {
  "fixed-access": "telecom-residential",
  mobile: "telecom-residential",
  satellite: "telecom-residential",
  hosting: "indie-cloud",
  cloud: "hyperscaler",
  cdn: "other",
  transit: "other",
  education: "academic",
  government: "other",
  enterprise: "other",
} as const satisfies Record<NetworkType, NetworkTier>;
