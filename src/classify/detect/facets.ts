import type { LogEvent } from "../../model/event.ts";
import type { Atom } from "./simplify-condition.ts";

/** What is cheap to tell of an event: all events of one key give the same answer to every atom that the key fixes. */
export interface Facets {
  /** A whole number below 2^30. */
  keyOf(event: LogEvent): number;
  /** Whether the key of this event fixes the atom. */
  fixes(atom: Atom, event: LogEvent): boolean;
}
