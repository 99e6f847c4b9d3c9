import { windowAt } from "./calendar-window.ts";
import type { CountChange, CountFailure, CountStore, CountTake } from "./count-store.ts";
import { meterId } from "./gate.ts";
import type { FromAuthority, MeterAsk, MeterName, NoUnits, ToAuthority, UnitGrant } from "./gate.ts";
import { limitOf } from "./limit-table.ts";
import type { LimitTable } from "./limit-table.ts";
import { advance } from "./steady-clock.ts";
import type { SteadyClock } from "./steady-clock.ts";
import type { AuthorityReports, QuotaWorld } from "./quota-world.ts";
import { askHolders, dropHolder, emptyLedger, isAwaited, noteAnswer, noteHolder } from "./unit-ledger.ts";
import type { UnitLedger } from "./unit-ledger.ts";

/** How long an ask waits for idle units of other workers; a worker that says nothing till then has spent them. */
const RECALL_MS = 200;

/** One worker's ask under way. */
interface UnderWay {
  readonly worker: number;
  readonly id: number;
  readonly meters: readonly MeterAsk[];
  readonly grants: (UnitGrant | null)[];
  /** Moment at which it is answered whatever comes; `null` = idle units were not called back for it yet. */
  dueMs: number | null;
}

/** The authority over counts: asks of all workers, in the order of their coming, batch by batch against the store. */
export interface AuthorityUnits {
  table: LimitTable;
  clock: SteadyClock;
  readonly store: CountStore;
  readonly world: QuotaWorld;
  readonly reports: AuthorityReports;
  readonly ledger: UnitLedger;
  readonly post: (worker: number, message: FromAuthority) => void;
  workers: number;
  changes: CountChange[];
  asks: UnderWay[];
  held: UnderWay[];
  isBusy: boolean;
  isClosed: boolean;
  failure: CountFailure | null;
}

/** Takes one message of a worker in; nothing happens before `runUnits`. */
export function hearUnits(
  units: AuthorityUnits,
  worker: number,
  message: ToAuthority & { kind: "take" | "give" | "recalled" | "overdraw" },
): void {
  switch (message.kind) {
    case "take":
      units.asks.push({
        worker,
        id: message.id,
        meters: message.meters,
        grants: message.meters.map(() => null),
        dueMs: null,
      });
      return;
    case "give":
      return giveBack(units, message.meter, message.window, message.units);
    case "recalled":
      giveBack(units, message.meter, message.window, message.units);
      return answered(units, meterId(message.meter), worker);
    case "overdraw":
      units.changes.push({
        meter: meterId(message.meter),
        window: windowAt(message.meter.per, units.clock.atMs),
        units: message.units,
      });
      return;
  }
}

/** Forgets a worker; its leases stay spent, its asks are dropped. */
export function forgetUnits(units: AuthorityUnits, worker: number): void {
  dropHolder(units.ledger, worker);
  units.asks = units.asks.filter((ask) => ask.worker !== worker);
  units.held = units.held.filter((ask) => ask.worker !== worker);
  retry(units, (ask) => isReady(units, ask));
}

/** Sends what is waiting to the store, unless an answer of it is still to come. */
export function runUnits(units: AuthorityUnits): void {
  if (units.isClosed || units.isBusy || (units.asks.length === 0 && units.changes.length === 0)) return;
  units.isBusy = true;
  tick(units);
  const { asks, changes } = units;
  units.asks = [];
  units.changes = [];
  const wanted = asks.flatMap((ask) => ask.meters.map((meter, at) => ({ ask, meter, at })));
  const takes: CountTake[] = [];
  const slots: { readonly ask: UnderWay; readonly at: number }[] = [];
  for (const { ask, meter, at } of wanted) {
    if (ask.grants[at] !== null) continue;
    const limit = limitOf(units.table, meter.meter);
    if (limit === null) ask.grants[at] = grantOf(units, meter, meter.want);
    else {
      takes.push(takeOf(units, meter, limit));
      slots.push({ ask, at });
    }
  }
  units.store.apply(changes, takes, units.clock.atMs, (taken) => {
    units.isBusy = false;
    noteFailure(units, taken.ok ? null : taken.error);
    if (taken.ok) {
      slots.forEach(({ ask, at }, index) => {
        const meter = ask.meters[at];
        const got = taken.value[index] ?? 0;
        if (meter !== undefined && got > 0) ask.grants[at] = grantOf(units, meter, got);
      });
      for (const ask of asks) settle(units, ask);
    } else {
      // Units given back that may or may not have been counted stay spent; what was overdrawn counts twice rather than never.
      units.changes.push(...changes.filter((change) => change.units > 0));
      for (const ask of asks) answer(units, ask, "unavailable");
    }
    // After a failure what could not be written waits for the next tick.
    if (units.asks.length > 0 || (taken.ok && units.changes.length > 0)) units.world.soon(() => runUnits(units));
  });
}

/** Moves the clock, and answers asks that have waited long enough for other workers' idle units. */
export function tickUnits(units: AuthorityUnits): void {
  tick(units);
  const nowMs = units.world.clock.monotonicMs();
  retry(units, (ask) => {
    if ((ask.dueMs ?? 0) > nowMs) return false;
    ask.meters.forEach(({ meter }, at) => {
      if (ask.grants[at] === null) silence(units, meterId(meter));
    });
    return true;
  });
  runUnits(units);
}

function tick(units: AuthorityUnits): void {
  const { clock } = units.world;
  units.clock = advance(units.clock, clock.epochMs(), clock.monotonicMs());
}

function noteFailure(units: AuthorityUnits, failure: CountFailure | null): void {
  if ((units.failure === null) !== (failure === null)) units.reports.counts(failure);
  units.failure = failure;
}

function takeOf(units: AuthorityUnits, ask: MeterAsk, limit: number): CountTake {
  const window = windowAt(ask.meter.per, units.clock.atMs);
  return { meter: meterId(ask.meter), window, limit, need: ask.need, want: ask.want, workers: units.workers };
}

function grantOf(units: AuthorityUnits, ask: MeterAsk, got: number): UnitGrant {
  const window = windowAt(ask.meter.per, units.clock.atMs);
  return {
    units: got,
    window: window.start,
    endsMs: window.ends,
    untilMonoMs: units.clock.monoMs + (window.ends - units.clock.atMs),
    calm: !isAwaited(units.ledger, meterId(ask.meter)),
  };
}

/** Answers an ask, or holds it while other workers may have idle units of what it lacks. */
function settle(units: AuthorityUnits, ask: UnderWay): void {
  const lacking = ask.meters.filter((_, at) => ask.grants[at] === null).map(({ meter }) => meterId(meter));
  if (ask.dueMs === null && lacking.length > 0) {
    for (const meter of lacking)
      for (const worker of askHolders(units.ledger, meter, ask.worker))
        units.post(worker, { kind: "recall-units", meter });
    if (lacking.every((meter) => isAwaited(units.ledger, meter))) {
      ask.dueMs = units.world.clock.monotonicMs() + RECALL_MS;
      units.held.push(ask);
      return;
    }
  }
  answer(units, ask, "spent");
}

function answer(units: AuthorityUnits, ask: UnderWay, failure: NoUnits): void {
  // Even a grant without a surplus may leave some: a request that finds no place gives its units back to the lease.
  ask.meters.forEach(({ meter }, at) => {
    if (ask.grants[at]?.calm === true) noteHolder(units.ledger, meterId(meter), ask.worker);
  });
  const grants = ask.grants.map((grant, at) => grant ?? noGrant(units, ask.meters[at]));
  units.post(ask.worker, { kind: "taken", id: ask.id, grants, failure });
}

function noGrant(units: AuthorityUnits, ask: MeterAsk | undefined): UnitGrant {
  if (ask === undefined) return { units: 0, window: 0, endsMs: 0, untilMonoMs: 0, calm: false };
  return { ...grantOf(units, ask, 0), calm: false };
}

function giveBack(units: AuthorityUnits, meter: MeterName, window: number, count: number): void {
  if (count > 0) units.changes.push({ meter: meterId(meter), window: windowAt(meter.per, window), units: -count });
}

function answered(units: AuthorityUnits, meter: string, worker: number): void {
  noteAnswer(units.ledger, meter, worker);
  if (!isAwaited(units.ledger, meter)) retry(units, (ask) => isReady(units, ask));
}

function isReady(units: AuthorityUnits, ask: UnderWay): boolean {
  return ask.meters.every(({ meter }, at) => ask.grants[at] !== null || !isAwaited(units.ledger, meterId(meter)));
}

function silence(units: AuthorityUnits, meter: string): void {
  for (const worker of units.ledger.asked.get(meter) ?? []) noteAnswer(units.ledger, meter, worker);
}

function retry(units: AuthorityUnits, isDue: (ask: UnderWay) => boolean): void {
  if (units.held.length === 0) return;
  const due = units.held.filter((ask) => isDue(ask));
  if (due.length === 0) return;
  units.held = units.held.filter((ask) => !due.includes(ask));
  units.asks.push(...due);
}

/** The state of an authority that has heard nothing yet. */
export function openUnits(
  parts: Pick<AuthorityUnits, "table" | "store" | "world" | "reports" | "post">,
): AuthorityUnits {
  const { clock } = parts.world;
  return {
    ...parts,
    clock: { atMs: Math.max(clock.epochMs(), parts.store.latestMs()), monoMs: clock.monotonicMs() },
    ledger: emptyLedger(),
    workers: 0,
    changes: [],
    asks: [],
    held: [],
    isBusy: false,
    isClosed: false,
    failure: null,
  };
}
