import type { Refusal } from "../refusal.ts";
import type { Asked, Entry, GaugeGrant, Leaving } from "./gate.ts";
import { HeldEntry } from "./gate-entry.ts";
import { CLIENT_LEFT, COUNTS_UNAVAILABLE, noPlace, noUnits } from "./gate-refusal.ts";
import { gaugeOf, givePlaces, nextId, NO_GAUGES } from "./gate-state.ts";
import type { Account, GateState, WorkerGauge } from "./gate-state.ts";
import { giveUp, reserve } from "./gate-units.ts";
import type { Held } from "./gate-units.ts";

/** One request that could not enter at once. */
interface Wait {
  readonly gate: GateState;
  readonly account: Account;
  readonly asked: Asked;
  readonly startedMs: number;
  /** Set once it is over; later grants go back. */
  answer: Entry | Refusal | null;
  tell: ((answer: Entry | Refusal) => void) | null;
  /** Takes the wait out of the authority's queue; `null` = it is not in one. */
  cancel: (() => void) | null;
}

/** The authority ends waits itself; it counts as gone this long after it should have. */
const LATE_MS = 2000;
/** A flood is refused without asking for so long after a refusal, while a queue as deep as this keeps all places busy. */
const FULL_MS = 10;
const DEEP_QUEUE = 16;
const FULL_RETRY_MS = 1000;

/** Lets a request in that found something lacking: units first, then a place; whoever gets no place gets its units back. */
export function enterSlowly(
  gate: GateState,
  account: Account,
  asked: Asked,
  signal: Leaving | null,
  startedMs: number,
): Entry | Refusal | Promise<Entry | Refusal> {
  if (asked.place && account.fullUntilMs > startedMs) return noPlace(account.whyFull, FULL_RETRY_MS);
  const wait: Wait = { gate, account, asked, startedMs, answer: null, tell: null, cancel: null };
  const needs = [
    ...account.requests.map((lease) => ({ lease, units: 1 })),
    ...account.tokens.map((lease) => ({ lease, units: asked.tokens })),
  ];
  reserve(gate, needs, (reserved) => {
    if (reserved.kind === "refused") return end(wait, noUnits(reserved));
    if (wait.answer !== null) return giveUp(gate, reserved.held);
    findPlace(wait, reserved.held);
  });
  return wait.answer ?? later(wait, signal);
}

function later(wait: Wait, signal: Leaving | null): Promise<Entry | Refusal> {
  return new Promise((resolve) => {
    const leave = (): void => {
      wait.cancel?.();
      end(wait, CLIENT_LEFT);
    };
    wait.tell = (answer) => {
      signal?.removeEventListener("abort", leave);
      resolve(answer);
    };
    if (signal?.aborted === true) leave();
    else signal?.addEventListener("abort", leave);
  });
}

function end(wait: Wait, answer: Entry | Refusal): void {
  if (wait.answer !== null) return;
  wait.answer = answer;
  wait.tell?.(answer);
}

function findPlace(wait: Wait, held: readonly Held[]): void {
  const { account, asked } = wait;
  if (!asked.place) return enterWith(wait, held, NO_GAUGES, 0);
  if (account.asking === 0 && account.gauges.every(({ idle }) => idle > 0)) {
    for (const gauge of account.gauges) gauge.idle -= 1;
    return enterWith(wait, held, account.gauges, 0);
  }
  askPlace(wait, held);
}

function enterWith(wait: Wait, held: readonly Held[], gauges: readonly WorkerGauge[], tracked: number): void {
  const { gate, account, asked, startedMs } = wait;
  const nowMs = gate.world.clock.monotonicMs();
  for (const gauge of gauges) gauge.touched = true;
  end(wait, new HeldEntry(gate, account, gauges, asked.tokens, nowMs, { waitedMs: nowMs - startedMs, tracked, held }));
}

function askPlace(wait: Wait, held: readonly Held[]): void {
  const { gate, account, asked, startedMs } = wait;
  const id = nextId(gate);
  const over = (): void => {
    gate.pending.delete(id);
    account.asking -= 1;
  };
  // What is idle here counts for this request at the authority.
  for (const gauge of account.gauges) {
    if (gauge.idle > 0) gate.port.post({ kind: "give-places", gauge: gauge.name, count: 1 });
    gauge.idle = Math.max(0, gauge.idle - 1);
  }
  account.asking += 1;
  wait.cancel = () => {
    gate.port.post({ kind: "cancel", id });
    over();
    giveUp(gate, held);
  };
  gate.pending.set(id, {
    dueMs: startedMs + gate.config.capacity.queueSeconds * 1000 + LATE_MS,
    placed({ gauges, tracked }) {
      over();
      wait.cancel = null;
      enterWith(wait, held, receivePlaces(gate, gauges), tracked ? id : 0);
    },
    unplaced({ why, retryMs }) {
      over();
      giveUp(gate, held);
      if (why !== "queue-timeout" && gate.config.capacity.queue >= DEEP_QUEUE) {
        account.whyFull = why;
        account.fullUntilMs = gate.world.clock.monotonicMs() + FULL_MS;
      }
      end(wait, noPlace(why, retryMs));
    },
    silent() {
      wait.cancel?.();
      end(wait, COUNTS_UNAVAILABLE);
    },
  });
  const { keyId: key, role, priority } = asked;
  gate.port.post({ kind: "place", id, key, role, priority, serviceMs: gate.serviceMs });
}

/** Takes the places of a grant in: one of each gauge is for its asker, extra ones are idle. */
export function receivePlaces(gate: GateState, grants: readonly GaugeGrant[]): readonly WorkerGauge[] {
  return grants.map(({ gauge: name, extra, calm }) => {
    const gauge = gaugeOf(gate, name);
    gauge.idle += extra;
    if (calm) gauge.recalled = false;
    else givePlaces(gate, gauge);
    return gauge;
  });
}
