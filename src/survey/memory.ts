import type { Target } from "../model/target.ts";
import type { Remembered } from "./look/look.ts";

/** What earlier runs left: of services, and of cards that hosts agreed on. Its size depends on what was found, never on what is asked. */
export interface Memory {
  /** What is known of a target, whichever scheme it spoke. */
  of(target: Target): RememberedTarget;
  /** The agreement hash that three networks settled on; `null` when they did not. */
  agreedCard(digest: string, serverVersion: string): string | null;
}

/** A target's past. */
export interface RememberedTarget extends Remembered {
  /** Milliseconds since 1970 of the last look by any run; `null` when never looked at. */
  readonly lastSeenMs: number | null;
}

/** No past at all. */
export const NEVER_SEEN: RememberedTarget = {
  seenBefore: false,
  confirmedBefore: false,
  lastSeenMs: null,
  isDigestKnown: () => false,
};
