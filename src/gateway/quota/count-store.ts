import type { Result } from "../../model/result.ts";
import type { CalendarWindow } from "./calendar-window.ts";

/** Units wanted of one counter. */
export interface CountTake {
  /** Identity of the meter, without its window. */
  readonly meter: string;
  readonly window: CalendarWindow;
  readonly limit: number;
  readonly need: number;
  readonly want: number;
  /** Workers that share what is left. */
  readonly workers: number;
}

/** Units that return to a counter (negative) or are spent beyond all leases (positive). */
export interface CountChange {
  readonly meter: string;
  readonly window: CalendarWindow;
  readonly units: number;
}

/** Why a store could not count: place and words for the operator. */
export interface CountFailure {
  readonly place: string;
  readonly message: string;
}

/** Units granted, one number for each ask in order; 0 = refused. */
export type CountsTaken = Result<readonly number[], CountFailure>;

/**
 * Keeps the counts of meters. What `done` is told has been written before: a process that dies right after has not forgotten it.
 * Changes are applied before takes; a batch is one transaction or one round trip.
 */
export interface CountStore {
  /** @param atMs - The authority's clock: windows that ended before it may be forgotten. */
  apply(
    changes: readonly CountChange[],
    takes: readonly CountTake[],
    atMs: number,
    done: (taken: CountsTaken) => void,
  ): void;
  /** The latest moment that this machine's gateway has counted at, so that a restart does not step back; 0 = none. */
  latestMs(): number;
  close(): Promise<void>;
}
