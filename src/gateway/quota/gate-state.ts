import type { AuthorityPort, FromAuthority, NoPlace } from "./gate.ts";
import { gaugesOf, limitTable, metersOf } from "./limit-table.ts";
import type { LimitTable, QuotaConfig } from "./limit-table.ts";
import { meterId } from "./gate.ts";
import type { QuotaWorld } from "./quota-world.ts";
import { emptyLease, isOpen } from "./unit-lease.ts";
import type { UnitLease } from "./unit-lease.ts";

/** Places of one gauge that a worker has at hand. */
export interface WorkerGauge {
  readonly name: string;
  idle: number;
  /** Whether places come back to the authority at once. */
  recalled: boolean;
  touched: boolean;
}

/** What a request without a place holds. */
export const NO_GAUGES: readonly WorkerGauge[] = [];

/** What requests of one key count in. */
export interface Account {
  readonly keyId: string;
  readonly role: string;
  readonly requests: readonly UnitLease[];
  readonly tokens: readonly UnitLease[];
  readonly gauges: readonly WorkerGauge[];
  /** Asks for places under way: later requests of the key stand behind them. */
  asking: number;
  /** Until then (monotonic) the key finds the queue full without asking, and why. */
  fullUntilMs: number;
  whyFull: NoPlace;
  touched: boolean;
}

type Answer<Kind extends FromAuthority["kind"]> = FromAuthority & { readonly kind: Kind };

/** One ask under way, and what to do with the authority's word or without it. */
export interface Pending {
  taken?: (message: Answer<"taken">) => void;
  placed?: (message: Answer<"placed">) => void;
  unplaced?: (message: Answer<"unplaced">) => void;
  /** Moment at which the authority counts as silent. */
  readonly dueMs: number;
  readonly silent: () => void;
}

/** A worker's leases, and what it waits for. */
export interface GateState {
  readonly port: AuthorityPort;
  readonly world: QuotaWorld;
  config: QuotaConfig;
  table: LimitTable;
  accounts: Map<string, Account>;
  leases: Map<string, UnitLease>;
  gauges: Map<string, WorkerGauge>;
  readonly pending: Map<number, Pending>;
  lastId: number;
  /** Recent mean of how long a place is held; 0 = not known yet. */
  serviceMs: number;
}

/** A gate that holds nothing. */
export function openGate(port: AuthorityPort, config: QuotaConfig, world: QuotaWorld): GateState {
  return {
    port,
    world,
    config,
    table: limitTable(config),
    accounts: new Map(),
    leases: new Map(),
    gauges: new Map(),
    pending: new Map(),
    lastId: 0,
    serviceMs: 0,
  };
}

/** The account of a key, opened at its first request; `null` = there is no such role (any more). */
export function accountOf(gate: GateState, keyId: string, role: string): Account | null {
  const known = gate.accounts.get(keyId);
  if (known?.role === role) return known;
  if (!gate.table.has(role)) return null;
  const leases = metersOf(gate.table, keyId, role).map((meter) => {
    const id = meterId(meter);
    const lease = gate.leases.get(id);
    if (lease !== undefined && lease.meter.role === role) return lease;
    if (lease !== undefined) closeLease(gate, lease);
    const fresh = emptyLease(meter);
    gate.leases.set(id, fresh);
    return fresh;
  });
  const account: Account = {
    keyId,
    role,
    requests: leases.filter(({ meter }) => meter.unit === "requests"),
    tokens: leases.filter(({ meter }) => meter.unit === "tokens"),
    gauges: gaugesOf(gate.table, gate.config.capacity, keyId, role).map(({ gauge }) => gaugeOf(gate, gauge)),
    asking: 0,
    fullUntilMs: 0,
    whyFull: "queue-full",
    touched: true,
  };
  gate.accounts.set(keyId, account);
  return account;
}

/** A gauge by its name, opened empty. */
export function gaugeOf(gate: GateState, name: string): WorkerGauge {
  const known = gate.gauges.get(name);
  if (known !== undefined) return known;
  const gauge = { name, idle: 0, recalled: false, touched: true };
  gate.gauges.set(name, gauge);
  return gauge;
}

/** The number of the next ask. */
export function nextId(gate: GateState): number {
  gate.lastId += 1;
  return gate.lastId;
}

/** Gives everything idle of a lease back; from now on it keeps nothing until the authority allows it again. */
export function giveUnits(gate: GateState, lease: UnitLease): void {
  gate.port.post({ kind: "recalled", meter: lease.meter, window: lease.window, units: lease.balance });
  lease.balance = 0;
  lease.lowWater = 0;
  lease.recalled = true;
}

/** Ends a lease: whatever still comes to it goes back. */
export function closeLease(gate: GateState, lease: UnitLease): void {
  giveUnits(gate, lease);
  lease.closed = true;
}

/** Gives every idle place of a gauge back; from now on it keeps none until the authority allows it again. */
export function givePlaces(gate: GateState, gauge: WorkerGauge): void {
  if (gauge.idle > 0) gate.port.post({ kind: "give-places", gauge: gauge.name, count: gauge.idle });
  gauge.idle = 0;
  gauge.recalled = true;
}

/** Puts units back that were taken but not used; those of a window that has ended go to the authority, whose clock decides. */
export function putBack(gate: GateState, lease: UnitLease, window: number, units: number): void {
  if (units === 0) return;
  const { clock } = gate.world;
  const isCurrent = lease.window === window && isOpen(lease, clock.epochMs(), clock.monotonicMs());
  if (isCurrent && !lease.recalled) lease.balance += units;
  else gate.port.post({ kind: "give", meter: lease.meter, window, units });
}
