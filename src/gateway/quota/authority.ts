import { forgetUnits, hearUnits, openUnits, runUnits, tickUnits } from "./authority-units.ts";
import type { AuthorityUnits } from "./authority-units.ts";
import type { CountFailure, CountStore } from "./count-store.ts";
import type { FromAuthority, ToAuthority, WorkerPort } from "./gate.ts";
import { CAPACITY_GAUGE, limitTable } from "./limit-table.ts";
import type { QuotaConfig } from "./limit-table.ts";
import { openPlaces, step } from "./places.ts";
import type { PlaceEffect, PlaceEvent, Places } from "./places.ts";
import type { AuthorityReports, QuotaWorld } from "./quota-world.ts";

/** What the authority sees at this moment, for metrics and health. */
export interface AuthorityView {
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** Places that workers have, used or at hand, of how many. */
  readonly placesOut: number;
  readonly places: number;
  readonly workers: number;
  /** Why counts cannot be written; `null` = they can. */
  readonly countFailure: CountFailure | null;
}

/** The one owner of counts and places. */
export interface Authority {
  /** Lets a worker in, under a number that no earlier one had. */
  join(worker: number, port: WorkerPort): void;
  /** Takes a dead worker's places back; its leased units stay spent. */
  gone(worker: number): void;
  /** Sets new limits; workers must be told to make their gates anew by their own `reconfigure`. */
  reconfigure(config: QuotaConfig): void;
  view(): AuthorityView;
  /** Stops its timers and closes the store. */
  close(): Promise<void>;
}

/** Waiters' time is looked at this often. */
const TICK_MS = 50;

/** Makes the authority over one store. */
export function makeAuthority(
  config: QuotaConfig,
  store: CountStore,
  world: QuotaWorld,
  reports: AuthorityReports,
): Authority {
  const desk = openDesk(config, store, world, reports);
  const { ports, units, places } = desk;
  const stop = world.every(TICK_MS, () => {
    move(desk, { kind: "time" });
    tickUnits(units);
  });
  return {
    join(worker, port) {
      ports.set(worker, port);
      units.workers = ports.size;
      move(desk, { kind: "join", worker });
      port.listen((message) => {
        if (ports.get(worker) === port) hear(desk, worker, message);
      });
    },
    gone(worker) {
      if (!ports.delete(worker)) return;
      units.workers = ports.size;
      forgetUnits(units, worker);
      move(desk, { kind: "gone", worker });
      runUnits(units);
    },
    reconfigure(next) {
      units.table = limitTable(next);
      move(desk, { kind: "limits", capacity: next.capacity, table: units.table });
    },
    view: () => ({ ...viewOf(places), workers: ports.size, countFailure: units.failure }),
    async close() {
      stop();
      runUnits(units);
      units.isClosed = true;
      await store.close();
    },
  };
}

interface Desk {
  readonly ports: Map<number, WorkerPort>;
  readonly units: AuthorityUnits;
  readonly places: Places;
  readonly world: QuotaWorld;
  /** Whether a run over what came in this turn is due. */
  isRunDue: boolean;
}

function openDesk(config: QuotaConfig, store: CountStore, world: QuotaWorld, reports: AuthorityReports): Desk {
  const ports = new Map<number, WorkerPort>();
  const post = (worker: number, message: FromAuthority): void => ports.get(worker)?.post(message);
  const table = limitTable(config);
  const units = openUnits({ table, store, world, reports, post });
  return { ports, units, places: openPlaces(config.capacity, table), world, isRunDue: false };
}

function move(desk: Desk, event: PlaceEvent): void {
  const effects = step(desk.places, event, desk.world.clock.monotonicMs());
  for (const effect of effects) desk.ports.get(effect.worker)?.post(messageOf(effect));
}

function hear(desk: Desk, worker: number, message: ToAuthority): void {
  const event = placeEvent(worker, message);
  if (event !== null) move(desk, event);
  if (!isUnits(message)) return;
  hearUnits(desk.units, worker, message);
  if (desk.isRunDue) return;
  desk.isRunDue = true;
  desk.world.soon(() => {
    desk.isRunDue = false;
    runUnits(desk.units);
  });
}

function viewOf(places: Places): Pick<AuthorityView, "waiting" | "placesOut" | "places"> {
  const placesOut = places.gauges.get(CAPACITY_GAUGE)?.granted ?? 0;
  return { waiting: places.fair.waiting, placesOut, places: places.capacity.concurrent };
}

type UnitMessage = ToAuthority & { readonly kind: "take" | "give" | "recalled" | "overdraw" };

function isUnits(message: ToAuthority): message is UnitMessage {
  return ["take", "give", "recalled", "overdraw"].includes(message.kind);
}

function placeEvent(worker: number, message: ToAuthority): PlaceEvent | null {
  switch (message.kind) {
    case "place":
      return { ...message, kind: "ask", worker };
    case "left":
      return { kind: "left", worker, id: message.id, back: message.back };
    case "give-places":
      return { kind: "give", worker, gauge: message.gauge, count: message.count };
    case "cancel":
      return { kind: "cancel", worker, id: message.id };
    case "take":
    case "give":
    case "recalled":
    case "overdraw":
      return null;
  }
}

function messageOf(effect: PlaceEffect): FromAuthority {
  switch (effect.kind) {
    case "placed":
      return { kind: "placed", id: effect.id, gauges: effect.gauges, tracked: effect.tracked };
    case "unplaced":
      return { kind: "unplaced", id: effect.id, why: effect.why, retryMs: effect.retryMs };
    case "recall":
      return { kind: "recall-places", gauge: effect.gauge };
  }
}
