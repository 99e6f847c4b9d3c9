import type { Clock, Nap } from "../machine/clock.ts";
import type { Card } from "../model/card.ts";
import type { Observation } from "../model/observation.ts";
import type { RequestEntry } from "../model/request-entry.ts";
import type { Limits } from "../model/scope.ts";
import type { Target } from "../model/target.ts";
import type { Looker } from "./look/look.ts";
import type { Memory } from "./memory.ts";
import type { Permutation } from "./order/permutation.ts";
import type { ResumeState } from "./resume-state.ts";
import type { Shard } from "./order/shard.ts";
import type { TargetSpace } from "./scope/target-space.ts";

/** Targets by number, each judged again right before it is asked. */
export interface SurveySpace extends Pick<TargetSpace, "size" | "admit"> {
  at(index: number): Target;
}

/** What one run is to ask, in which order, how fast. */
export interface SurveyPlan {
  /** 32 hex digits. */
  readonly run: string;
  readonly startedAtMs: number;
  readonly space: SurveySpace;
  /** A hash over what is walked; a state of another one does not fit. */
  readonly fingerprint: string;
  readonly seed: string;
  readonly permutation: Permutation;
  readonly shard: Shard;
  readonly limits: Limits;
  readonly asksCards: boolean;
  /** Whether the run ends after `limits.pilot` targets (rule R7). */
  readonly isPilot: boolean;
  /** Milliseconds since 1970 at which the authority ends: nothing starts from then on. */
  readonly untilMs: number;
  readonly resume: ResumeState | null;
}

/** Where a run writes what it saw. The appending calls return at once and throw when an earlier write failed. */
export interface Journal {
  observation(observation: Observation): void;
  card(card: Card): void;
  request(entry: RequestEntry): void;
  checkpoint(state: ResumeState): void;
  /** Resolves when everything appended is on disk. */
  flush(): Promise<void>;
  readonly pendingBytes: number;
}

/** What a survey needs of the world. */
export interface SurveyEffects {
  readonly clock: Clock;
  readonly nap: Nap;
  lagP99Ms(): number;
  readonly looker: Looker;
  /** Whether this machine has a way to an address at all; asked when a look heard that there is none. Sends nothing. */
  hasRoute(address: string): Promise<boolean>;
  readonly memory: Memory;
  readonly journal: Journal;
  /** Called once a second, and at the end. */
  progress(progress: Progress): void;
}

/** How far a survey is. */
export interface Progress {
  readonly state: ResumeState;
  /** Targets of this shard; exact once all were handed out, else the expected number. */
  readonly targets: number;
  readonly inFlight: number;
  readonly waiting: number;
  /** Share of the allowed rate in use. */
  readonly factor: number;
  readonly isPaused: boolean;
}
