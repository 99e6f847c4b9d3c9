import type { Allowance, Capacity, Limits, Window } from "../config/gateway-config.ts";
import type { MeterName } from "./gate.ts";

/** The part of the configuration that quotas and places go by. */
export interface QuotaConfig {
  readonly capacity: Capacity;
  readonly roles: Readonly<Record<string, { readonly limits: { readonly perKey: Limits; readonly total: Limits } }>>;
}

/** What one role's meters and gauges are limited to. */
interface RoleLimits {
  readonly key: ScopeLimits;
  readonly role: ScopeLimits;
}

interface ScopeLimits {
  readonly requests: ReadonlyMap<Window, number>;
  readonly tokens: ReadonlyMap<Window, number>;
  readonly concurrent: number | null;
}

/** Limits by role, the smallest of several for one window. */
export type LimitTable = ReadonlyMap<string, RoleLimits>;

/** Reads the limits out of the configuration. */
export function limitTable(config: QuotaConfig): LimitTable {
  return new Map(
    Object.entries(config.roles).map(([role, { limits }]) => [
      role,
      { key: scopeLimits(limits.perKey), role: scopeLimits(limits.total) },
    ]),
  );
}

function scopeLimits(limits: Limits): ScopeLimits {
  return { requests: smallest(limits.requests), tokens: smallest(limits.tokens), concurrent: limits.concurrent };
}

function smallest(allowances: readonly Allowance[]): ReadonlyMap<Window, number> {
  const counts = new Map<Window, number>();
  for (const { per, count } of allowances) counts.set(per, Math.min(count, counts.get(per) ?? Infinity));
  return counts;
}

/** Every meter that a request of this key counts in. */
export function metersOf(table: LimitTable, keyId: string, role: string): readonly MeterName[] {
  const limits = table.get(role);
  if (limits === undefined) return [];
  const scopes = [
    { scope: "key", name: keyId, of: limits.key },
    { scope: "role", name: role, of: limits.role },
  ] as const;
  return scopes.flatMap(({ scope, name, of }) =>
    (["requests", "tokens"] as const).flatMap((unit) =>
      [...of[unit].keys()].map((per) => ({ scope, name, role, unit, per })),
    ),
  );
}

/** The limit of a meter; `null` = none (any more). */
export function limitOf(table: LimitTable, meter: MeterName): number | null {
  return table.get(meter.role)?.[meter.scope][meter.unit].get(meter.per) ?? null;
}

/** Gauge of the places at the upstream; those of keys and roles have longer names. */
export const CAPACITY_GAUGE = "all";

/** A gauge that a request holds one place of, and how many places there are. */
export interface GaugeLimit {
  readonly gauge: string;
  readonly limit: number;
}

/** Every gauge of which a request of this key holds a place. */
export function gaugesOf(table: LimitTable, capacity: Capacity, keyId: string, role: string): readonly GaugeLimit[] {
  const limits = table.get(role);
  const gauges = [{ gauge: CAPACITY_GAUGE, limit: capacity.concurrent }];
  const ofRole = limits?.role.concurrent ?? null;
  const ofKey = limits?.key.concurrent ?? null;
  if (ofRole !== null) gauges.push({ gauge: `role:${role}`, limit: ofRole });
  if (ofKey !== null) gauges.push({ gauge: `key:${keyId}`, limit: ofKey });
  return gauges;
}
