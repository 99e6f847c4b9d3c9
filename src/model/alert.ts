import type { AddressTrust, EventPlace } from "./event.ts";
import type { Severity } from "./finding.ts";

/** One row an alert rests on. */
export interface Evidence {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly observer: string | null;
  readonly product: string;
  readonly place: EventPlace;
}

/** What a detection says of rows that belong together. */
export interface Alert {
  /** Id of the detection. */
  readonly detection: string;
  readonly severity: Severity;
  /** Number of the alert within one hunt, from 1, in the order of `firstAt`. */
  readonly number: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Values of the group's fields, by field. */
  readonly group: Readonly<Record<string, string>>;
  /** The stranger's address; `null` = none is known, or the only one told is a header's word that nothing confirms. */
  readonly peer: string | null;
  readonly peerTrust: AddressTrust | null;
  /** Whether the peer opened a connection itself; `false` = the server connected to it, or there is no peer. */
  readonly peerCame: boolean;
  /** Rows that counted, all of them. */
  readonly rows: number;
  /** Some of these: the first ones and the last. */
  readonly evidence: readonly Evidence[];
}
