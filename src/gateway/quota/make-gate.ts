import type { Refusal } from "../refusal.ts";
import type { Asked, AuthorityPort, Entry, FromAuthority, Gate, Leaving } from "./gate.ts";
import { HeldEntry } from "./gate-entry.ts";
import { accountOf, closeLease, gaugeOf, NO_GAUGES, givePlaces, giveUnits, openGate } from "./gate-state.ts";
import type { Account, GateState, WorkerGauge } from "./gate-state.ts";
import { UNKNOWN_ROLE } from "./gate-refusal.ts";
import { refill } from "./gate-units.ts";
import { enterSlowly, receivePlaces } from "./gate-wait.ts";
import { limitTable } from "./limit-table.ts";
import type { QuotaConfig } from "./limit-table.ts";
import type { QuotaWorld } from "./quota-world.ts";
import { isOpen } from "./unit-lease.ts";
import type { UnitLease } from "./unit-lease.ts";

/** A gate that its worker can change and end. */
export interface WorkerGate extends Gate {
  /** Sets new limits: all leases go back, requests inside keep their places. */
  reconfigure(config: QuotaConfig): void;
  /** Gives all leases back, as before a clean stop; requests inside give theirs back as they leave. */
  close(): void;
}

/** Leases that no request used for so long go back. */
const IDLE_MS = 5000;
const SWEEP_MS = 500;

/** Makes the worker's side of quotas and places. */
export function makeGate(port: AuthorityPort, config: QuotaConfig, world: QuotaWorld): WorkerGate {
  const gate = openGate(port, config, world);
  /** A place for a request whose client left in the meantime. */
  const returnPlaces = (message: FromAuthority & { readonly kind: "placed" }): void => {
    const back = receivePlaces(gate, message.gauges).map(({ name }) => name);
    port.post({ kind: "left", id: message.tracked ? message.id : 0, back });
  };
  port.listen((message) => hear(gate, message, returnPlaces));
  let sinceIdleMs = 0;
  const stop = world.every(SWEEP_MS, () => {
    sinceIdleMs += SWEEP_MS;
    giveUpOnSilence(gate);
    if (sinceIdleMs < IDLE_MS) return;
    sinceIdleMs = 0;
    sweep(gate);
  });
  return {
    enter: (asked, signal) => enter(gate, asked, signal),
    reconfigure(next) {
      giveAll(gate);
      gate.config = next;
      gate.table = limitTable(next);
    },
    close() {
      stop();
      giveAll(gate);
    },
  };
}

/** The calm path: everything is at hand, nothing is asked and nothing is allocated but the entry. */
function enter(gate: GateState, asked: Asked, signal: Leaving | null): Entry | Refusal | Promise<Entry | Refusal> {
  const account = accountOf(gate, asked.keyId, asked.role);
  if (account === null) return UNKNOWN_ROLE;
  const { clock } = gate.world;
  const monoMs = clock.monotonicMs();
  account.touched = true;
  const gauges = asked.place ? account.gauges : NO_GAUGES;
  if ((asked.place && account.asking > 0) || !hasAll(account, gauges, asked.tokens, clock.epochMs(), monoMs))
    return enterSlowly(gate, account, asked, signal, monoMs);
  for (const lease of account.requests) take(gate, lease, 1);
  for (const lease of account.tokens) take(gate, lease, asked.tokens);
  for (const gauge of gauges) {
    gauge.idle -= 1;
    gauge.touched = true;
  }
  return new HeldEntry(gate, account, gauges, asked.tokens, monoMs, null);
}

function hasAll(
  account: Account,
  gauges: readonly WorkerGauge[],
  tokens: number,
  wallMs: number,
  monoMs: number,
): boolean {
  for (const gauge of gauges) if (gauge.idle < 1) return false;
  for (const lease of account.requests) if (lease.balance < 1 || !isOpen(lease, wallMs, monoMs)) return false;
  if (tokens === 0) return true;
  for (const lease of account.tokens) if (lease.balance < tokens || !isOpen(lease, wallMs, monoMs)) return false;
  return true;
}

function take(gate: GateState, lease: UnitLease, units: number): void {
  lease.balance -= units;
  lease.touched = true;
  if (lease.balance < lease.lowWater) refill(gate, lease, Math.max(1, units));
}

function hear(
  gate: GateState,
  message: FromAuthority,
  returnPlaces: (message: FromAuthority & { readonly kind: "placed" }) => void,
): void {
  switch (message.kind) {
    case "taken":
      return gate.pending.get(message.id)?.taken?.(message);
    case "placed":
      return (gate.pending.get(message.id)?.placed ?? returnPlaces)(message);
    case "unplaced":
      return gate.pending.get(message.id)?.unplaced?.(message);
    case "recall-units": {
      const lease = gate.leases.get(message.meter);
      if (lease !== undefined) giveUnits(gate, lease);
      return;
    }
    case "recall-places":
      return givePlaces(gate, gaugeOf(gate, message.gauge));
  }
}

function giveUpOnSilence(gate: GateState): void {
  const nowMs = gate.world.clock.monotonicMs();
  for (const pending of gate.pending.values()) if (pending.dueMs <= nowMs) pending.silent();
}

/** Gives back what nobody has used since the last sweep, and forgets accounts that nobody uses. */
function sweep(gate: GateState): void {
  const used = new Set<UnitLease | WorkerGauge>();
  for (const [key, account] of gate.accounts) {
    if (!account.touched && account.asking === 0) gate.accounts.delete(key);
    else for (const one of [...account.requests, ...account.tokens, ...account.gauges]) used.add(one);
    account.touched = false;
  }
  for (const [id, lease] of gate.leases) {
    if (!used.has(lease) && lease.asking === 0) {
      closeLease(gate, lease);
      gate.leases.delete(id);
    } else if (!lease.touched && lease.balance > 0) giveUnits(gate, lease);
    lease.touched = false;
  }
  for (const [name, gauge] of gate.gauges) {
    if (!gauge.touched || !used.has(gauge)) givePlaces(gate, gauge);
    if (!used.has(gauge)) gate.gauges.delete(name);
    gauge.touched = false;
  }
}

function giveAll(gate: GateState): void {
  for (const lease of gate.leases.values()) closeLease(gate, lease);
  for (const gauge of gate.gauges.values()) givePlaces(gate, gauge);
  gate.accounts = new Map();
  gate.leases = new Map();
  gate.gauges = new Map();
}
