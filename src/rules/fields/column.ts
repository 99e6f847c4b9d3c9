import type { EventField } from "../../model/condition.ts";
import type { EventClass } from "../../model/event.ts";

/** What a product calls the fields of one class of events. */
export type Columns = Readonly<Partial<Record<EventField, string>>>;

/**
 * How a product keeps the rows of one class. A field that is neither a column, nor untold, nor the same in every row cannot be asked there.
 */
export interface FieldTable<Source> {
  /** Where a rule looks for the rows. */
  readonly source: Source;
  readonly columns: Columns;
  /** Fields that no row there ever tells: to a rule they are absent, and the rule says so. */
  readonly untold?: readonly EventField[];
  /** Fields whose value is the same in every row there. */
  readonly fixed?: Readonly<Partial<Record<EventField, string>>>;
  /** What the product calls a value of a field, where it is not Corral's word; any of them. */
  readonly values?: Readonly<Partial<Record<EventField, Readonly<Record<string, readonly string[]>>>>>;
  /** How many of the product's units one of Corral's is. */
  readonly scale?: Readonly<Partial<Record<EventField, number>>>;
}

/** Every class that a product keeps; a class without a row is not kept there. */
export type FieldTables<Source> = Readonly<Partial<Record<EventClass, FieldTable<Source>>>>;
