import type { Refusal } from "../refusal.ts";
import type { NoPlace } from "./gate.ts";
import type { Reserved } from "./gate-units.ts";
import { retrySeconds } from "./lease.ts";

const NO_PLACES = {
  "queue-full": { status: 503, message: "the server is busy and its queue is full" },
  "queue-long": { status: 503, message: "the server is busy; the wait would be too long" },
  "queue-timeout": { status: 503, message: "the server is busy; no place came free in time" },
  "too-many-at-once": { status: 429, message: "too many requests at the same time" },
} as const satisfies Record<NoPlace, Pick<Refusal, "status" | "message">>;

const QUOTAS = {
  requests: { reason: "request-quota", message: "the quota of requests is used up" },
  tokens: { reason: "token-quota", message: "the quota of tokens is used up" },
} as const;

/** Told when the authority does not answer, or counts cannot be written. */
export const COUNTS_UNAVAILABLE: Refusal = {
  status: 503,
  reason: "counts-unavailable",
  message: "usage cannot be counted at the moment",
  retryAfterSeconds: 5,
};

/** A key whose role the configuration has no longer. */
export const UNKNOWN_ROLE: Refusal = { status: 403, reason: "unknown-role", message: "this key has no rights here" };

/** The end of a wait whose client has left; nobody reads it. */
export const CLIENT_LEFT: Refusal = { status: 503, reason: "client-left", message: "the client left" };

/** A request that found no place. */
export function noPlace(why: NoPlace, retryMs: number): Refusal {
  return { ...NO_PLACES[why], reason: why, retryAfterSeconds: retrySeconds(retryMs) };
}

/** A request that found no units. */
export function noUnits(refused: Reserved & { readonly kind: "refused" }): Refusal {
  if (refused.why !== "spent") return COUNTS_UNAVAILABLE;
  const { unit, per } = refused.lease.meter;
  const { reason, message } = QUOTAS[unit];
  return {
    status: 429,
    reason,
    message: `${message} for this ${per}`,
    retryAfterSeconds: retrySeconds(refused.retryMs),
  };
}
