import type { Refusal } from "../refusal.ts";

/** What one request needs before it may go to the upstream. */
export interface Asked {
  readonly keyId: string;
  readonly role: string;
  /** Tokens to reserve for prompt and answer; 0 for routes that cost none. */
  readonly tokens: number;
  /** Weight of the key in the fair queue, 1 to 10. */
  readonly priority: number;
  /** Whether it needs a place at the upstream; routes that only list do not. */
  readonly place: boolean;
}

/** A request that was let in: it holds one place, if it needs one, and its reserved tokens until `leave`. */
export interface Entry {
  /** Reserves more tokens for a stream that outgrew its reservation; `false` = the quota has ended, nothing was taken. */
  more(units: number): boolean | Promise<boolean>;
  /** Gives the place back and settles: the surplus returns, a deficit counts even beyond the limit. Later calls do nothing. */
  leave(usedTokens: number): void;
  /** Milliseconds between asking and being let in. */
  readonly waitedMs: number;
}

/** Tells once that a client has left; an AbortSignal will do. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: "abort", hear: () => void): void;
  removeEventListener(type: "abort", hear: () => void): void;
}

/**
 * The worker's side of quotas and places. Answers at once when the worker's leases suffice; else with a promise that never rejects.
 * A request counts in the window in which it asked.
 */
export interface Gate {
  /** @param signal - Ends the wait when the client leaves; the promise then gives a refusal that nobody reads. */
  enter(asked: Asked, signal: Leaving | null): Entry | Refusal | Promise<Entry | Refusal>;
}

/** One end of the line between a worker and the authority: ordered, nothing lost while both live. */
export interface AuthorityPort {
  post(message: ToAuthority): void;
  listen(take: (message: FromAuthority) => void): void;
}

/** The authority's end of the same line. */
export interface WorkerPort {
  post(message: FromAuthority): void;
  listen(take: (message: ToAuthority) => void): void;
}

/** Names what is counted: requests or tokens of one key or one whole role, in calendar windows of UTC. */
export interface MeterName {
  readonly scope: "key" | "role";
  /** Id of the key, or name of the role. */
  readonly name: string;
  /** Role whose limit holds. */
  readonly role: string;
  readonly unit: "requests" | "tokens";
  readonly per: "minute" | "hour" | "day" | "month";
}

/** Units wanted of one meter: at least `need`, at best `want`. */
export interface MeterAsk {
  readonly meter: MeterName;
  readonly need: number;
  readonly want: number;
}

/** Units of one meter given to a worker, already counted as spent in the store; 0 units = refused. */
export interface UnitGrant {
  readonly units: number;
  /** Start of the window they count in, milliseconds since 1970 by the authority's clock. */
  readonly window: number;
  /** The window's end by the same clock. */
  readonly endsMs: number;
  /** The window's end at the latest by the machine's monotonic clock, which all processes share. */
  readonly untilMonoMs: number;
  /** Whether the worker may keep what it does not use; `false` = somebody waits for these units. */
  readonly calm: boolean;
}

/** Why counts gave no units: the limit is reached, or they cannot be written. */
export type NoUnits = "spent" | "unavailable";

/** One place to hold: `extra` more of the same to keep at hand; `calm` as for units. */
export interface GaugeGrant {
  readonly gauge: string;
  readonly extra: number;
  readonly calm: boolean;
}

/** Why no place was given. */
export type NoPlace = "queue-full" | "queue-long" | "queue-timeout" | "too-many-at-once";

export type ToAuthority =
  | { readonly kind: "take"; readonly id: number; readonly meters: readonly MeterAsk[] }
  | { readonly kind: "give"; readonly meter: MeterName; readonly window: number; readonly units: number }
  /** Everything idle of a meter was given back; `units` may be 0. */
  | { readonly kind: "recalled"; readonly meter: MeterName; readonly window: number; readonly units: number }
  | { readonly kind: "overdraw"; readonly meter: MeterName; readonly units: number }
  | {
      readonly kind: "place";
      readonly id: number;
      readonly key: string;
      readonly role: string;
      readonly priority: number;
      /** Recent mean of how long a place is held; 0 = not known yet. */
      readonly serviceMs: number;
    }
  /** One request left; `back` names the gauges whose place it gives back, `id` is 0 unless the grant was tracked. */
  | { readonly kind: "left"; readonly id: number; readonly back: readonly string[] }
  | { readonly kind: "give-places"; readonly gauge: string; readonly count: number }
  | { readonly kind: "cancel"; readonly id: number };

export type FromAuthority =
  | { readonly kind: "taken"; readonly id: number; readonly grants: readonly UnitGrant[]; readonly failure: NoUnits }
  | { readonly kind: "recall-units"; readonly meter: string }
  | { readonly kind: "placed"; readonly id: number; readonly gauges: readonly GaugeGrant[]; readonly tracked: boolean }
  | { readonly kind: "unplaced"; readonly id: number; readonly why: NoPlace; readonly retryMs: number }
  | { readonly kind: "recall-places"; readonly gauge: string };

/** Meter's identity in stores and ledgers; a key keeps its counts when its role changes. */
export function meterId(meter: MeterName): string {
  return `${meter.scope}:${meter.name}:${meter.unit}:${meter.per}`;
}
