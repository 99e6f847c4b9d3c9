import type { Failure } from "../../model/failure.ts";
import type { Answer } from "../../model/observation.ts";

/** One model of a service's list, as far as a comparison needs it. */
export interface StateModel {
  readonly name: string;
  readonly digest: string | null;
}

/** What a service's models could do together: of each capability word whether one has it. */
export type CapabilityStates = Readonly<Record<string, "has" | "absent" | "unknown">>;

/** A list of models and what they can do; shared by all services that show the same list. */
export interface StateInventory {
  readonly models: readonly StateModel[];
  readonly capabilities: CapabilityStates;
}

/** A service as one end of the comparison saw it last. */
export interface ServiceState {
  readonly scheme: string;
  readonly seenAt: string;
  readonly answer: Answer;
  /** HTTP status of the answer that decided; `null` = none came, or an import does not say. */
  readonly status: number | null;
  readonly failure: Failure | null;
  /** Whether a survey looked; an import (`false`) knows only what answered, never that something closed. */
  readonly surveyed: boolean;
  /** From where it was looked at; `null` = an import does not say. */
  readonly vantage: string | null;
  readonly product: string | null;
  readonly version: string | null;
  /** Orders versions; `null` = cannot be ordered. */
  readonly versionRank: number | null;
  /** Hex id of the list; `null` = no list seen. */
  readonly inventory: string | null;
  /** Entries of that list. */
  readonly modelCount: number | null;
  /** Whether no entry of that list was left out for its shape. */
  readonly isListWhole: boolean;
}
