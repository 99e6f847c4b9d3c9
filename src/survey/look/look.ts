import type { Card } from "../../model/card.ts";
import type { Observation, Vantage } from "../../model/observation.ts";
import type { PromptDoor } from "../../model/prompt-class.ts";
import type { RequestEntry } from "../../model/request-entry.ts";
import type { Target } from "../../model/target.ts";

/** What is remembered of the service from earlier runs; decides how much a look may cost. */
export interface Remembered {
  /** `silent` and `refused` are rows only for services seen before. */
  readonly seenBefore: boolean;
  readonly confirmedBefore: boolean;
  /** Whether the digest was listed by this service before: a re-visit that shows only such digests ends after 3 requests. */
  isDigestKnown(digest: string): boolean;
}

/** Which model cards a look may ask for; absent at `depth: metadata`. */
export interface CardWish {
  /** Cards this look may ask for at most. */
  readonly limit: number;
  /** Asked right before each card; `false` once the card is agreed upon, asked elsewhere now, or the run's cap is reached. */
  wants(digest: string, serverVersion: string): boolean;
}

/** One service to look at. */
export interface LookOrder {
  readonly target: Target;
  readonly known: Remembered;
  readonly cards: CardWish | null;
  /**
   * Books this many further requests to the host (the first one of a look is booked by whoever orders it).
   *
   * @returns Milliseconds to wait before they may leave; 0 for now. A wait does not count against the look's deadline.
   */
  pace(requests: number): number;
}

/**
 * Why a look gives no verdict and wants to be ordered again: the event loop lagged while a deadline passed, this machine ran out
 * of ports, descriptors or buffers, or the looker was stopped.
 */
export type AgainReason = "lag" | "local" | "stopped";

/** What became of one look. */
export interface Look {
  /** `null` exactly when `again` is not. */
  readonly observation: Observation | null;
  readonly again: AgainReason | null;
  readonly cards: readonly Card[];
  /** Every request that was sent or attempted, in order; also of a look without verdict. */
  readonly requests: readonly RequestEntry[];
}

/** Ceilings of one look, in milliseconds and bytes a second. A limit below `connectMs` is noticed only when that has passed. */
export interface LookLimits {
  readonly connectMs: number;
  /** Whole look but its cards. */
  readonly lookMs: number;
  /** Each card. */
  readonly cardMs: number;
  /** An answer that has begun must reach this rate after `progressGraceMs`. */
  readonly leastBytesPerSecond: number;
  readonly progressGraceMs: number;
  /** Lag of the event loop above which a passed deadline says nothing about the host. */
  readonly lagMs: number;
}

export const LOOK_LIMITS: LookLimits = {
  connectMs: 1_500,
  lookMs: 8_000,
  cardMs: 8_000,
  leastBytesPerSecond: 256,
  progressGraceMs: 2_000,
  lagMs: 250,
};

/** What a look needs of the world besides sockets. */
export interface LookEffects {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** The worst lag of the event loop since that moment (milliseconds since 1970), in milliseconds. */
  worstLagMs(sinceMs: number): number;
  /** 16 fresh hex digits for a control path nobody can know. */
  controlToken(): string;
}

/** What all looks of one looker share. */
export interface LookerOptions {
  /** `corral/0.1 (+contact)`. */
  readonly userAgent: string;
  /** Run, vantage and source written into observations, cards and request entries. */
  readonly run: string | null;
  readonly vantage: Vantage | null;
  readonly source: string;
  readonly limits: LookLimits;
  /** Judges system prompts and templates before their text is dropped. */
  readonly prompts: PromptDoor;
  readonly effects: LookEffects;
}

/** Looks at services, any number at once; owns the sockets. */
export interface Looker {
  /** Never rejects for anything a server does. */
  look(order: LookOrder): Promise<Look>;
  /** Looks under way. */
  readonly inFlight: number;
  /** Ends every look under way with `again: "stopped"` and frees the sockets; later looks end the same way. */
  close(): void;
}
