import type { Limits } from "../../../src/gateway/config/gateway-config.ts";
import type { QuotaConfig } from "../../../src/gateway/quota/limit-table.ts";

/** No limit at all. */
const BOUNDLESS: Limits = { requests: [], tokens: [], concurrent: null };

/** A configuration of one role `user`, and of `guest` with the same limits. */
export function limitsOf(
  perKey: Partial<Limits>,
  total: Partial<Limits> = {},
  capacity: Partial<QuotaConfig["capacity"]> = {},
): QuotaConfig {
  const limits = { perKey: { ...BOUNDLESS, ...perKey }, total: { ...BOUNDLESS, ...total } };
  return {
    capacity: { concurrent: 1000, queue: 1000, queueSeconds: 30, ...capacity },
    roles: { user: { limits }, guest: { limits } },
  };
}
