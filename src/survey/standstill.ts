/** Why a run stood still before its end, as its gaps tell it. */
export const STANDSTILLS = {
  stopped: "interrupted",
  pilot: "pilot limit",
  local: "paused: no way out of this machine",
  expired: "authority ended",
} as const;
/** Stopped (by the user, or by a kill), the pilot's limit reached, no look could begin for too long, authority over. */
export type Standstill = keyof typeof STANDSTILLS;

/** The standstills by name, for what reads them back. */
export const STANDSTILL_NAMES = ["stopped", "pilot", "local", "expired"] as const satisfies readonly Standstill[];
