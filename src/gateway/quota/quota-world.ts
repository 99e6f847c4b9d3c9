import type { Clock } from "../../machine/clock.ts";
import type { CountFailure } from "./count-store.ts";

/** What gates and the authority need of the machine. */
export interface QuotaWorld {
  /** Its monotonic clock must be one that all processes of the machine share. */
  readonly clock: Clock;
  /** Runs work once, after the messages of this turn. */
  soon(work: () => void): void;
  /** Runs work again and again without keeping the process alive; the result ends it. */
  every(ms: number, work: () => void): () => void;
}

/** What the authority says to whoever runs it. */
export interface AuthorityReports {
  /** Counts cannot be written (`failure`), or can again (`null`); told once a change. */
  counts(failure: CountFailure | null): void;
}
