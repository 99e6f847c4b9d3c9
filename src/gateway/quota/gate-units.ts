import type { NoUnits, UnitGrant } from "./gate.ts";
import { nextId, putBack } from "./gate-state.ts";
import type { GateState } from "./gate-state.ts";
import { isOpen, noteSpent, putGrant, wantOf } from "./unit-lease.ts";
import type { UnitLease } from "./unit-lease.ts";

/** So many units of one lease. */
export interface Need {
  readonly lease: UnitLease;
  readonly units: number;
}

/** Units taken of a lease, and the window they count in. */
export interface Held {
  readonly lease: UnitLease;
  readonly window: number;
  readonly units: number;
}

/** What an ask for units came to. */
export type Reserved =
  | { readonly kind: "held"; readonly held: readonly Held[] }
  | { readonly kind: "refused"; readonly why: NoUnits | "silent"; readonly lease: UnitLease; readonly retryMs: number };

/** How long the authority may take before it counts as gone. */
const SILENT_MS = 2500;

/**
 * Takes units of several leases, all or none, asking the authority for what is lacking. What is at hand is taken first, so that nobody
 * else on this worker can take it while the answer is under way.
 *
 * @param done - Called once, at once when nothing had to be asked.
 */
export function reserve(gate: GateState, needs: readonly Need[], done: (reserved: Reserved) => void): void {
  const { clock } = gate.world;
  const wallMs = clock.epochMs();
  const monoMs = clock.monotonicMs();
  const held: Held[] = [];
  const lacking: Need[] = [];
  for (const { lease, units } of needs) {
    lease.touched = true;
    if (lease.balance > 0 && !isOpen(lease, wallMs, monoMs)) expire(gate, lease);
    const taken = Math.min(lease.balance, units);
    lease.balance -= taken;
    if (taken > 0) held.push({ lease, window: lease.window, units: taken });
    if (taken < units) lacking.push({ lease, units: units - taken });
  }
  const spent = lacking.find(({ lease, units }) => lease.spentUntilMs > monoMs && units >= lease.spentNeed);
  if (spent !== undefined) {
    giveUp(gate, held);
    const retryMs = spent.lease.untilMonoMs - monoMs;
    return done({ kind: "refused", why: "spent", lease: spent.lease, retryMs });
  }
  if (lacking.length === 0) return done({ kind: "held", held });
  ask(gate, lacking, held, monoMs, done);
}

/** Gives what was held back to its leases. */
export function giveUp(gate: GateState, held: readonly Held[]): void {
  for (const { lease, window, units } of held) putBack(gate, lease, window, units);
}

/** Asks for a block in advance, so that the next requests find enough. */
export function refill(gate: GateState, lease: UnitLease, need: number): void {
  if (lease.asking === 0)
    ask(gate, [{ lease, units: need }], [], gate.world.clock.monotonicMs(), (reserved) => {
      if (reserved.kind === "held") giveUp(gate, reserved.held);
    });
}

/** What is left of a window that has ended goes back: by the authority's clock it may still be open. */
function expire(gate: GateState, lease: UnitLease): void {
  gate.port.post({ kind: "give", meter: lease.meter, window: lease.window, units: lease.balance });
  lease.balance = 0;
  lease.lowWater = 0;
}

function ask(
  gate: GateState,
  lacking: readonly Need[],
  held: readonly Held[],
  monoMs: number,
  done: (reserved: Reserved) => void,
): void {
  const id = nextId(gate);
  const meters = lacking.map(({ lease, units }) => {
    const want = wantOf(lease, units, monoMs);
    lease.asking += 1;
    return { meter: lease.meter, need: units, want };
  });
  const settle = (grants: readonly UnitGrant[], why: NoUnits): void => {
    gate.pending.delete(id);
    const all = [...held, ...lacking.flatMap((need, at) => receive(gate, need, grants[at], why))];
    const refused = lacking.findIndex((_, at) => (grants[at]?.units ?? 0) === 0);
    const none = lacking[refused];
    if (none === undefined) return done({ kind: "held", held: all });
    giveUp(gate, all);
    const retryMs = (grants[refused]?.untilMonoMs ?? 0) - gate.world.clock.monotonicMs();
    done({ kind: "refused", why, lease: none.lease, retryMs });
  };
  let isSilent = false;
  gate.pending.set(id, {
    dueMs: monoMs + SILENT_MS,
    taken({ grants, failure }) {
      if (!isSilent) return settle(grants, failure);
      gate.pending.delete(id);
      giveUp(
        gate,
        lacking.flatMap((need, at) => receive(gate, need, grants[at], failure)),
      );
    },
    silent() {
      const first = lacking[0];
      if (isSilent || first === undefined) return;
      isSilent = true;
      giveUp(gate, held);
      done({ kind: "refused", why: "silent", lease: first.lease, retryMs: 1000 });
    },
  });
  gate.port.post({ kind: "take", id, meters });
}

function receive(gate: GateState, { lease, units }: Need, grant: UnitGrant | undefined, why: NoUnits): readonly Held[] {
  lease.asking -= 1;
  if (grant === undefined || grant.units === 0) {
    if (grant !== undefined && why === "spent") noteSpent(lease, grant, units, gate.world.clock.monotonicMs());
    return [];
  }
  const old = putGrant(lease, grant, units);
  if (old !== null) gate.port.post({ kind: "give", meter: lease.meter, ...old });
  if (lease.recalled && lease.balance > 0) {
    gate.port.post({ kind: "give", meter: lease.meter, window: lease.window, units: lease.balance });
    lease.balance = 0;
  }
  return [{ lease, window: grant.window, units }];
}
