import type { Capacity } from "../config/gateway-config.ts";
import type { GaugeGrant } from "./gate.ts";
import { CAPACITY_GAUGE } from "./limit-table.ts";
import type { GaugeLimit, LimitTable } from "./limit-table.ts";

/** Places of one kind: how many there are, and which workers have them, used or idle. */
export interface GaugeState {
  limit: number;
  granted: number;
  /** Role whose limit holds; `null` for the capacity. */
  readonly role: string | null;
  readonly byWorker: Map<number, number>;
  /** Workers that keep nothing idle, because they were told so. */
  readonly told: Set<number>;
}

/** Gauges by name; those that nobody holds are dropped. */
export type Gauges = Map<string, GaugeState>;

/** Makes a gauge where it is missing, and sets its limit. */
export function openGauge(gauges: Gauges, limit: GaugeLimit, role: string | null): void {
  const known = gauges.get(limit.gauge);
  if (known !== undefined) known.limit = limit.limit;
  else gauges.set(limit.gauge, { limit: limit.limit, granted: 0, role, byWorker: new Map(), told: new Set() });
}

/** Places that no worker has; negative after a limit was lowered. */
export function freeOf(gauges: Gauges, gauge: string): number {
  const state = gauges.get(gauge);
  return state === undefined ? 0 : state.limit - state.granted;
}

/** Gives a worker one place, and some to keep at hand while nobody waits for them. */
export function grantOne(
  gauges: Gauges,
  gauge: string,
  worker: number,
  workers: number,
  isWanted: boolean,
): GaugeGrant {
  const state = gauges.get(gauge);
  if (state === undefined) return { gauge, extra: 0, calm: false };
  const free = state.limit - state.granted - 1;
  const extra = isWanted ? 0 : Math.max(0, Math.floor(free / (workers > 1 ? 2 * workers : 1)));
  const calm = !isWanted || free > 0;
  state.granted += 1 + extra;
  state.byWorker.set(worker, (state.byWorker.get(worker) ?? 0) + 1 + extra);
  if (calm) state.told.delete(worker);
  else state.told.add(worker);
  return { gauge, extra, calm };
}

/** Takes places back from a worker, never more than it has. */
export function giveBack(gauges: Gauges, gauge: string, worker: number, count: number): void {
  const state = gauges.get(gauge);
  const has = state?.byWorker.get(worker) ?? 0;
  if (state === undefined || has === 0) return;
  const back = Math.min(has, count);
  state.granted -= back;
  if (back === has) state.byWorker.delete(worker);
  else state.byWorker.set(worker, has - back);
}

/** Takes every place back from a worker that is gone. */
export function dropWorker(gauges: Gauges, worker: number): void {
  for (const [gauge, state] of gauges) {
    giveBack(gauges, gauge, worker, Infinity);
    state.told.delete(worker);
  }
}

/** Forgets gauges of which nobody has a place; only while nobody waits for one. */
export function dropEmpty(gauges: Gauges): void {
  for (const [gauge, state] of gauges) if (state.granted === 0 && gauge !== CAPACITY_GAUGE) gauges.delete(gauge);
}

/** Whether a worker other than this one may keep places of a gauge idle. */
export function hasUntold(gauges: Gauges, gauge: string, but: number): boolean {
  const state = gauges.get(gauge);
  if (state === undefined) return false;
  for (const worker of state.byWorker.keys()) if (worker !== but && !state.told.has(worker)) return true;
  return false;
}

/** Workers that must be told to keep nothing idle of a gauge without free places; each is named once. */
export function toRecall(gauges: Gauges, gauge: string): readonly number[] {
  const state = gauges.get(gauge);
  if (state === undefined || state.limit > state.granted) return [];
  const workers = [...state.byWorker.keys()].filter((worker) => !state.told.has(worker));
  for (const worker of workers) state.told.add(worker);
  return workers;
}

/** Sets every gauge's limit by a new configuration; a limit that is gone leaves its gauge boundless until it empties. */
export function relimit(gauges: Gauges, capacity: Capacity, table: LimitTable): void {
  for (const [gauge, state] of gauges) {
    if (state.role === null) state.limit = capacity.concurrent;
    else {
      const limits = table.get(state.role);
      const scope = gauge.startsWith("key:") ? limits?.key : limits?.role;
      state.limit = scope?.concurrent ?? Infinity;
    }
  }
}
