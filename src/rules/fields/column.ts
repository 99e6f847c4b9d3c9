import type { EventField } from "../../model/condition.ts";
import type { EventClass } from "../../model/event.ts";

/** What a product calls the fields of one class of events. A field without a column cannot be asked there. */
export type Columns = Readonly<Partial<Record<EventField, string>>>;

/** The columns of every class that a product keeps; a class without a row is not kept there. */
export type ClassColumns<Source> = Readonly<
  Partial<Record<EventClass, { readonly source: Source; readonly columns: Columns }>>
>;
