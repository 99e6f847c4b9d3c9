import { limitsOf } from "./limits-of.ts";
import type { QuotaConfig } from "../../../src/gateway/quota/limit-table.ts";

/** What the processes of an overshoot test share: three keys, each with limits that four workers exhaust in about a second. */
export const LIMIT = { requests: 12_000, tokens: 400_000, workers: 4 } as const;
export const KEYS = ["k1", "k2", "k3"] as const;
/** Tokens that a request reserves; it uses some of them. */
export const RESERVED = 60;

export const CASE: QuotaConfig = limitsOf({
  requests: [{ count: LIMIT.requests, per: "day" }],
  tokens: [{ count: LIMIT.tokens, per: "day" }],
  concurrent: 100,
});

/** How a primary is started: the state folder, Redis or none, and where workers write what they admitted. */
export interface PrimaryCase {
  readonly state: string;
  readonly log: string;
  readonly redis: { readonly url: string; readonly whenGone: "closed" | "local" } | null;
}
