import { meterId } from "./gate.ts";
import type { MeterName, UnitGrant } from "./gate.ts";

/** Units of one meter that a worker may spend without asking. Changed in place by the gate. */
export interface UnitLease {
  readonly meter: MeterName;
  readonly id: string;
  balance: number;
  /** Start of the window that the balance counts in. */
  window: number;
  endsMs: number;
  untilMonoMs: number;
  /** Whether units come back to the authority at once, because somebody waits for them or the lease is to end. */
  recalled: boolean;
  /** Whether a newer lease took its place. */
  closed: boolean;
  /** Below this balance more is asked for in advance; 0 = never. */
  lowWater: number;
  /** Asks under way that want a block. */
  asking: number;
  /** How many times its need an ask wants. */
  factor: number;
  askedAtMs: number;
  /** Until then (monotonic) the authority is not asked for `spentNeed` units or more: it has just refused so many. */
  spentUntilMs: number;
  spentNeed: number;
  /** Whether it was used since the last sweep. */
  touched: boolean;
}

const FACTOR = { first: 8, most: 8192 } as const;
/** A block that lasted less than this is doubled; one that lasted eight times as long is halved. */
const BRISK_MS = 1000;
/** How long a refusal is believed: settled requests may return units at any time. */
const SPENT_MS = 100;

/** A lease that holds nothing yet. */
export function emptyLease(meter: MeterName): UnitLease {
  return {
    meter,
    id: meterId(meter),
    balance: 0,
    window: 0,
    endsMs: 0,
    untilMonoMs: 0,
    recalled: false,
    closed: false,
    lowWater: 0,
    asking: 0,
    factor: FACTOR.first,
    askedAtMs: 0,
    spentUntilMs: 0,
    spentNeed: 0,
    touched: true,
  };
}

/** Whether the lease's window is still open, by both clocks: one may have been set, the other stands still in sleep. */
export function isOpen(lease: UnitLease, wallMs: number, monoMs: number): boolean {
  return monoMs < lease.untilMonoMs && wallMs < lease.endsMs;
}

/** How many units to ask for when `need` are needed: a block that grows while blocks are used up fast. */
export function wantOf(lease: UnitLease, need: number, monoMs: number): number {
  if (lease.asking > 0) return need;
  const since = monoMs - lease.askedAtMs;
  if (since < BRISK_MS) lease.factor = Math.min(FACTOR.most, lease.factor * 2);
  else if (since > 8 * BRISK_MS) lease.factor = Math.max(FACTOR.first, lease.factor / 2);
  lease.askedAtMs = monoMs;
  return need * lease.factor;
}

/** Puts a grant into the lease but for the `need` that its asker takes. Returns what the lease held of an older window. */
export function putGrant(lease: UnitLease, grant: UnitGrant, need: number): { window: number; units: number } | null {
  const old = lease.window === grant.window || lease.balance === 0 ? null : lease;
  const left = old === null ? null : { window: old.window, units: old.balance };
  if (lease.window !== grant.window) lease.balance = 0;
  lease.window = grant.window;
  lease.endsMs = grant.endsMs;
  lease.untilMonoMs = grant.untilMonoMs;
  lease.balance += grant.units - need;
  lease.recalled = lease.closed || !grant.calm;
  lease.spentUntilMs = 0;
  // Near its end a limit gives no blocks; asking in advance would only take from others.
  lease.lowWater = grant.units > need * 2 ? Math.floor((grant.units - need) / 4) : 0;
  return left;
}

/** Notes that the authority has not `need` units left. */
export function noteSpent(lease: UnitLease, grant: UnitGrant, need: number, monoMs: number): void {
  lease.spentNeed = need;
  lease.spentUntilMs = Math.min(monoMs + SPENT_MS, grant.untilMonoMs);
  lease.lowWater = 0;
  if (lease.balance === 0) {
    lease.window = grant.window;
    lease.endsMs = grant.endsMs;
    lease.untilMonoMs = grant.untilMonoMs;
  }
}
