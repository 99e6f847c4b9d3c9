import type { Condition, EventField } from "./condition.ts";
import type { EventClass, LogEvent } from "./event.ts";
import type { Severity } from "./finding.ts";

/** Rows of one class that meet a condition; the correlation names it. */
export interface Selection {
  readonly class: EventClass;
  readonly where: Condition;
}

/**
 * When selected rows become an alert. `of` and `steps` name selections; `by` are the fields whose values make a group (rows in which one of
 * them is `null` are left out, but for `observer`: rows that do not name their machine are one group). A group alerts once until it was
 * quiet for `withinSeconds`; further rows are counted into that alert.
 */
export type Correlation =
  /** Every row; a group's rows within `withinSeconds` of each other are one alert. */
  | { readonly kind: "each"; readonly of: string; readonly by: readonly EventField[]; readonly withinSeconds: number }
  /** So many rows within a sliding window. */
  | {
      readonly kind: "count";
      readonly of: string;
      readonly by: readonly EventField[];
      readonly atLeast: number;
      readonly withinSeconds: number;
    }
  /** So many different values of a field within a sliding window. */
  | {
      readonly kind: "distinct";
      readonly of: string;
      readonly field: EventField;
      readonly by: readonly EventField[];
      readonly atLeast: number;
      readonly withinSeconds: number;
    }
  /** A field adds up to so much within a sliding window. */
  | {
      readonly kind: "sum";
      readonly of: string;
      readonly field: EventField;
      readonly by: readonly EventField[];
      readonly atLeast: number;
      readonly withinSeconds: number;
    }
  /** One row of each step, in this order, all within a window. */
  | {
      readonly kind: "sequence";
      readonly steps: readonly string[];
      readonly by: readonly EventField[];
      readonly withinSeconds: number;
    }
  /** The first row of a group in all that is read. */
  | { readonly kind: "first"; readonly of: string; readonly by: readonly EventField[] }
  /** The field's value meets `to` after a row of the same group whose value met `from`. */
  | { readonly kind: "change"; readonly from: string; readonly to: string; readonly by: readonly EventField[] }
  /**
   * A row of `claimed` bears an address that no row of `seen` (connections to the same server at that time) bears, while at least one of
   * `seen` does cover it in time.
   */
  | { readonly kind: "disagree"; readonly claimed: string; readonly seen: string; readonly withinSeconds: number };

/** Numbers by which others know the matter; only those that are sure. */
export interface DetectionIds {
  /** ATT&CK v19 or later. */
  readonly attack: readonly string[];
  /** The ids that earlier versions of ATT&CK had for the same. */
  readonly attackBefore: readonly string[];
  readonly atlas: readonly string[];
  readonly owaspLlm: readonly string[];
}

/** A short story told by events, and whether the detection must speak. */
export interface DetectionExample {
  /** What happens, in words. */
  readonly title: string;
  readonly events: readonly LogEvent[];
}

/** One thing to look for in logs, as data: the evaluator and the printers of every rule language read it. The id never changes meaning. */
export interface Detection {
  /** Kebab-case statement of what happened. */
  readonly id: string;
  /** UUID of its rules in languages that ask for one; never changes. */
  readonly uuid: string;
  readonly title: string;
  /** What an attacker does, and why it shows. */
  readonly hypothesis: string;
  readonly severity: Severity;
  readonly lifecycle: "experimental" | "stable" | "deprecated";
  /** Counts up when its verdict on any event changes; the changelog of `corral rules` names each. */
  readonly version: number;
  /** Date (ISO) of the first version, and of this one. */
  readonly since: string;
  readonly changed: string;
  readonly selections: Readonly<Record<string, Selection>>;
  readonly correlation: Correlation;
  /** Honest ways in which it speaks though nothing is wrong. */
  readonly falsePositives: readonly string[];
  /** What it cannot see. */
  readonly blindTo: readonly string[];
  readonly ids: DetectionIds;
  readonly references: readonly string[];
  /** Texts of what to do now, in order. */
  readonly whatNow: {
    readonly confirm: readonly string[];
    readonly contain: readonly string[];
    readonly recover: readonly string[];
  };
  /** At least five stories on which it speaks. */
  readonly fires: readonly DetectionExample[];
  /** At least ten that look alike and are not it. */
  readonly silent: readonly DetectionExample[];
}
