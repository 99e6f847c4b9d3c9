import type { Capacity } from "../../../src/gateway/config/gateway-config.ts";
import { limitTable } from "../../../src/gateway/quota/limit-table.ts";
import type { QuotaConfig } from "../../../src/gateway/quota/limit-table.ts";
import { openPlaces, step } from "../../../src/gateway/quota/places.ts";
import type { PlaceEffect, PlaceEvent, Places } from "../../../src/gateway/quota/places.ts";

const NONE = { requests: [], tokens: [], concurrent: null };

/** A role `user` with limits of places at once. */
export function rolesOf(perKey: number | null, total: number | null): QuotaConfig["roles"] {
  return { user: { limits: { perKey: { ...NONE, concurrent: perKey }, total: { ...NONE, concurrent: total } } } };
}

/** Places with workers 1 and 2, and a hand that asks for them. */
export function openTest(
  capacity: Partial<Capacity>,
  perKey: number | null = null,
  total: number | null = null,
): {
  readonly places: Places;
  readonly tell: (event: PlaceEvent, nowMs?: number) => readonly PlaceEffect[];
  readonly ask: (
    key: string,
    id: number,
    more?: { priority?: number; nowMs?: number; serviceMs?: number },
  ) => readonly PlaceEffect[];
} {
  const all = { concurrent: 1, queue: 10, queueSeconds: 30, ...capacity };
  const places = openPlaces(all, limitTable({ capacity: all, roles: rolesOf(perKey, total) }));
  const tell = (event: PlaceEvent, nowMs = 0): readonly PlaceEffect[] => step(places, event, nowMs);
  tell({ kind: "join", worker: 1 });
  tell({ kind: "join", worker: 2 });
  return {
    places,
    tell,
    ask: (key, id, { priority = 5, nowMs = 0, serviceMs = 0 } = {}) =>
      tell({ kind: "ask", worker: 1, id, key, role: "user", priority, serviceMs }, nowMs),
  };
}

/** Ids of the requests that were given a place. */
export function idsPlaced(effects: readonly PlaceEffect[]): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === "placed" ? [effect.id] : []));
}
