import type { Entry } from "./gate.ts";
import { putBack } from "./gate-state.ts";
import type { Account, GateState, WorkerGauge } from "./gate-state.ts";
import { giveUp, reserve } from "./gate-units.ts";
import type { Held } from "./gate-units.ts";
import { isOpen } from "./unit-lease.ts";
import type { UnitLease } from "./unit-lease.ts";

/** What a request brings that had to ask or wait. */
export interface SlowEntry {
  readonly waitedMs: number;
  /** Id under which the authority follows the place; 0 = it does not. */
  readonly tracked: number;
  readonly held: readonly Held[];
}

/** A request inside: owns one place of each gauge and its reserved tokens. */
export class HeldEntry implements Entry {
  readonly waitedMs: number;
  readonly #gate: GateState;
  readonly #tokens: readonly UnitLease[];
  readonly #gauges: readonly WorkerGauge[];
  readonly #startedMs: number;
  readonly #tracked: number;
  /** Tokens reserved in all, and for each lease those of its window and that window: a surplus returns to where it came from. */
  #reserved: number;
  readonly #windows: number[] = [];
  readonly #lots: number[] = [];
  #hasLeft = false;

  /** @param slow - What the way round by the authority brought; `null` = all was taken of the leases as they stand. */
  constructor(
    gate: GateState,
    account: Account,
    gauges: readonly WorkerGauge[],
    tokens: number,
    startedMs: number,
    slow: SlowEntry | null,
  ) {
    this.#gate = gate;
    this.#tokens = account.tokens;
    this.#gauges = gauges;
    this.#startedMs = startedMs;
    this.#tracked = slow?.tracked ?? 0;
    this.waitedMs = slow?.waitedMs ?? 0;
    this.#reserved = slow === null ? tokens : 0;
    for (const lease of account.tokens) {
      this.#windows.push(lease.window);
      this.#lots.push(this.#reserved);
    }
    if (slow !== null) this.#add(slow.held, tokens);
  }

  more(units: number): boolean | Promise<boolean> {
    if (this.#hasLeft) return false;
    if (this.#tokens.length === 0) {
      this.#reserved += units;
      return true;
    }
    const needs = this.#tokens.map((lease) => ({ lease, units }));
    const answers: boolean[] = [];
    let tell = (isHeld: boolean): void => void answers.push(isHeld);
    reserve(this.#gate, needs, (reserved) => {
      tell(reserved.kind === "held" && this.#add(reserved.held, units));
    });
    return answers[0] ?? new Promise((resolve) => (tell = resolve));
  }

  leave(usedTokens: number): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#leavePlaces();
    if (this.#tokens.length > 0) this.#settle(this.#reserved - usedTokens);
  }

  #add(held: readonly Held[], units: number): boolean {
    if (this.#hasLeft) {
      giveUp(this.#gate, held);
      return false;
    }
    this.#reserved += units;
    for (const part of held) {
      const at = this.#tokens.indexOf(part.lease);
      if (at === -1) continue;
      const isSame = this.#windows[at] === part.window;
      this.#lots[at] = part.units + (isSame ? (this.#lots[at] ?? 0) : 0);
      this.#windows[at] = part.window;
    }
    return true;
  }

  #leavePlaces(): void {
    if (this.#gauges.length === 0) return;
    const gate = this.#gate;
    const heldMs = gate.world.clock.monotonicMs() - this.#startedMs;
    gate.serviceMs += (heldMs - gate.serviceMs) / (gate.serviceMs === 0 ? 1 : 16);
    let back: string[] | null = null;
    for (const gauge of this.#gauges) {
      if (gauge.recalled) (back ??= []).push(gauge.name);
      else gauge.idle += 1;
    }
    if (back !== null || this.#tracked !== 0) gate.port.post({ kind: "left", id: this.#tracked, back: back ?? [] });
  }

  /** What is spent first is what was reserved first, so a surplus is of the last window. */
  #settle(surplus: number): void {
    const gate = this.#gate;
    for (let at = 0; at < this.#tokens.length; at += 1) {
      const lease = this.#tokens[at];
      if (lease === undefined) return;
      if (surplus >= 0) putBack(gate, lease, this.#windows[at] ?? 0, Math.min(surplus, this.#lots[at] ?? 0));
      else overdraw(gate, lease, -surplus);
    }
  }
}

/** Takes a deficit out of the lease, and what it lacks beyond the limit. */
function overdraw(gate: GateState, lease: UnitLease, units: number): void {
  const { clock } = gate.world;
  const atHand = isOpen(lease, clock.epochMs(), clock.monotonicMs()) ? Math.min(units, lease.balance) : 0;
  lease.balance -= atHand;
  if (units > atHand) gate.port.post({ kind: "overdraw", meter: lease.meter, units: units - atHand });
}
