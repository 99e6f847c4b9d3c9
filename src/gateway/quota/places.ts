import type { Capacity } from "../config/gateway-config.ts";
import type { GaugeGrant, NoPlace } from "./gate.ts";
import {
  aheadOf,
  beginService,
  closeAccounts,
  dequeue,
  emptyLines,
  endService,
  enqueue,
  lineOf,
  nextLine,
  pushOut,
  removeWaiters,
} from "./fair-lines.ts";
import type { FairLines, Line, Waiter } from "./fair-lines.ts";
import {
  dropEmpty,
  dropWorker,
  freeOf,
  giveBack,
  grantOne,
  hasUntold,
  openGauge,
  relimit,
  toRecall,
} from "./gauges.ts";
import type { Gauges } from "./gauges.ts";
import { CAPACITY_GAUGE, gaugesOf } from "./limit-table.ts";
import type { LimitTable } from "./limit-table.ts";

/** What happens to the places; `worker` is the number the worker joined under. */
export type PlaceEvent =
  | { readonly kind: "join"; readonly worker: number }
  | { readonly kind: "gone"; readonly worker: number }
  | {
      readonly kind: "ask";
      readonly worker: number;
      readonly id: number;
      readonly key: string;
      readonly role: string;
      readonly priority: number;
      readonly serviceMs: number;
    }
  | { readonly kind: "left"; readonly worker: number; readonly id: number; readonly back: readonly string[] }
  | { readonly kind: "give"; readonly worker: number; readonly gauge: string; readonly count: number }
  | { readonly kind: "cancel"; readonly worker: number; readonly id: number }
  | { readonly kind: "time" }
  | { readonly kind: "limits"; readonly capacity: Capacity; readonly table: LimitTable };

/** What the authority must tell a worker. */
export type PlaceEffect =
  | {
      readonly kind: "placed";
      readonly worker: number;
      readonly id: number;
      readonly gauges: readonly GaugeGrant[];
      readonly tracked: boolean;
    }
  | {
      readonly kind: "unplaced";
      readonly worker: number;
      readonly id: number;
      readonly why: NoPlace;
      readonly retryMs: number;
    }
  | { readonly kind: "recall"; readonly worker: number; readonly gauge: string };

interface Tracked {
  readonly key: string;
  readonly atMs: number;
}

/** All places and who waits for one. Changed in place by `step` alone. */
export interface Places {
  capacity: Capacity;
  table: LimitTable;
  readonly gauges: Gauges;
  readonly fair: FairLines;
  /** Places given while somebody waited, by worker and id of the request. */
  readonly workers: Map<number, Map<number, Tracked>>;
  /** Recent mean of how long a place is held; 0 = not known yet. */
  serviceMs: number;
}

/** How long a request beyond the queue waits for idle places of other workers. */
const RECALL_MS = 40;

/** Milliseconds charged for a place just given, while no service time is known. */
const UNKNOWN_SERVICE_MS = 100;

/** Places that nobody holds yet. */
export function openPlaces(capacity: Capacity, table: LimitTable): Places {
  const places: Places = {
    capacity,
    table,
    gauges: new Map(),
    fair: emptyLines(),
    workers: new Map(),
    serviceMs: 0,
  };
  openGauge(places.gauges, { gauge: CAPACITY_GAUGE, limit: capacity.concurrent }, null);
  return places;
}

/** Applies one event and says what follows. Deterministic: the same events at the same moments give the same effects. */
export function step(places: Places, event: PlaceEvent, nowMs: number): readonly PlaceEffect[] {
  const effects: PlaceEffect[] = [];
  apply(places, event, nowMs, effects);
  serve(places, nowMs, effects);
  recall(places, effects);
  return effects;
}

function apply(places: Places, event: PlaceEvent, nowMs: number, effects: PlaceEffect[]): void {
  switch (event.kind) {
    case "join":
      places.workers.set(event.worker, new Map());
      return;
    case "gone":
      return forgetWorker(places, event.worker, nowMs);
    case "ask":
      return ask(places, event, nowMs, effects);
    case "left":
      return left(places, event, nowMs);
    case "give":
      giveBack(places.gauges, event.gauge, event.worker, event.count);
      return;
    case "cancel":
      removeWaiters(places.fair, ({ worker, id }) => worker === event.worker && id === event.id);
      return;
    case "time":
      return expire(places, nowMs, effects);
    case "limits":
      places.capacity = event.capacity;
      places.table = event.table;
      relimit(places.gauges, event.capacity, event.table);
      return;
  }
}

function forgetWorker(places: Places, worker: number, nowMs: number): void {
  removeWaiters(places.fair, (waiter) => waiter.worker === worker);
  dropWorker(places.gauges, worker);
  for (const { key, atMs } of places.workers.get(worker)?.values() ?? []) endService(places.fair, key, atMs, nowMs);
  places.workers.delete(worker);
}

function left(places: Places, event: PlaceEvent & { kind: "left" }, nowMs: number): void {
  for (const gauge of event.back) giveBack(places.gauges, gauge, event.worker, 1);
  const worker = places.workers.get(event.worker);
  const tracked = worker?.get(event.id);
  if (tracked === undefined) return;
  worker?.delete(event.id);
  endService(places.fair, tracked.key, tracked.atMs, nowMs);
}

function expire(places: Places, nowMs: number, effects: PlaceEffect[]): void {
  for (const waiter of removeWaiters(places.fair, ({ untilMs }) => untilMs <= nowMs))
    refuse(places, waiter, "queue-timeout", effects);
  if (places.fair.waiting === 0) dropEmpty(places.gauges);
}

function ask(places: Places, event: PlaceEvent & { kind: "ask" }, nowMs: number, effects: PlaceEffect[]): void {
  if (!places.workers.has(event.worker)) return;
  if (event.serviceMs > 0) places.serviceMs += (event.serviceMs - places.serviceMs) / (places.serviceMs === 0 ? 1 : 8);
  const gauges = gaugesOf(places.table, places.capacity, event.key, event.role);
  for (const limit of gauges) openGauge(places.gauges, limit, event.role);
  const { worker, id, key, role } = event;
  const waiter = { worker, id, key, role, gauges, untilMs: nowMs + places.capacity.queueSeconds * 1000 };
  const line = lineOf(places.fair, key, event.priority, nowMs, quantumOf(places));
  line.weight = Math.max(1, event.priority);
  if (line.waiters.length === 0 && mayGo(places, waiter)) return grant(places, line, waiter, nowMs, effects);
  const isLate = waitOf(places, line, waiter) > places.capacity.queueSeconds * 1000;
  const hasRoom = places.fair.waiting < places.capacity.queue;
  if (mayLieIdle(places, waiter)) enqueue(places.fair, line, hasRoom ? waiter : briefly(waiter, nowMs));
  else if (isLate) refuse(places, waiter, "queue-long", effects);
  else if (hasRoom) enqueue(places.fair, line, waiter);
  else pushInto(places, line, waiter, effects);
  closeAccounts(places.fair);
}

/** Whether other workers may have places at hand that they do not use: they are called back before anybody is refused. */
function mayLieIdle(places: Places, waiter: Waiter): boolean {
  return waiter.gauges.every(
    ({ gauge }) => freeOf(places.gauges, gauge) > 0 || hasUntold(places.gauges, gauge, waiter.worker),
  );
}

function briefly(waiter: Waiter, nowMs: number): Waiter {
  return { ...waiter, untilMs: nowMs + RECALL_MS };
}

function pushInto(places: Places, line: Line, waiter: Waiter, effects: PlaceEffect[]): void {
  const out = pushOut(places.fair, line);
  refuse(places, out ?? waiter, "queue-full", effects);
  if (out !== null) enqueue(places.fair, line, waiter);
}

function refuse(places: Places, waiter: Waiter, why: NoPlace, effects: PlaceEffect[]): void {
  const isOwnLimit = freeOf(places.gauges, CAPACITY_GAUGE) > 0;
  const retryMs = Math.max(1000, places.serviceMs / Math.max(1, places.capacity.concurrent));
  const { worker, id } = waiter;
  effects.push({ kind: "unplaced", worker, id, why: isOwnLimit ? "too-many-at-once" : why, retryMs });
}

/** Milliseconds that a new one of this line would wait, by recent service times; 0 while none is known. */
function waitOf(places: Places, line: Line, waiter: Waiter): number {
  let wait = 0;
  for (const { gauge, limit } of waiter.gauges) {
    if (freeOf(places.gauges, gauge) > 0) continue;
    const ahead = gauge === CAPACITY_GAUGE ? aheadOf(places.fair, line) : line.waiters.length;
    wait = Math.max(wait, ((ahead + 1) * places.serviceMs) / Math.max(1, limit));
  }
  return wait;
}

function quantumOf(places: Places): number {
  return places.serviceMs === 0 ? UNKNOWN_SERVICE_MS : Math.max(1, places.serviceMs);
}

function mayGo(places: Places, waiter: Waiter): boolean {
  return waiter.gauges.every(({ gauge }) => freeOf(places.gauges, gauge) > 0);
}

function serve(places: Places, nowMs: number, effects: PlaceEffect[]): void {
  while (places.fair.waiting > 0) {
    const line = nextLine(places.fair, (waiter) => mayGo(places, waiter), nowMs, quantumOf(places));
    const waiter = line === null ? null : dequeue(places.fair, line);
    if (line === null || waiter === null) return;
    grant(places, line, waiter, nowMs, effects, true);
  }
}

function grant(
  places: Places,
  line: Line,
  waiter: Waiter,
  nowMs: number,
  effects: PlaceEffect[],
  hasWaited = false,
): void {
  const { worker, id } = waiter;
  const tracked = hasWaited || places.fair.waiting > 0;
  const gauges = waiter.gauges.map(({ gauge }) =>
    grantOne(places.gauges, gauge, worker, places.workers.size, isWanted(places, gauge)),
  );
  if (tracked) {
    beginService(places.fair, line, nowMs);
    places.workers.get(worker)?.set(id, { key: waiter.key, atMs: nowMs });
  } else closeAccounts(places.fair);
  effects.push({ kind: "placed", worker, id, gauges, tracked });
}

function isWanted(places: Places, gauge: string): boolean {
  for (const { waiters } of places.fair.lines.values())
    if (waiters[0]?.gauges.some((one) => one.gauge === gauge) === true) return true;
  return false;
}

/** Whoever waits for a gauge without free places makes every worker give back what it does not use. */
function recall(places: Places, effects: PlaceEffect[]): void {
  for (const { waiters } of places.fair.lines.values())
    for (const { gauge } of waiters[0]?.gauges ?? [])
      for (const worker of toRecall(places.gauges, gauge)) effects.push({ kind: "recall", worker, gauge });
}
