import { EVENT_FIELDS } from "../../knowledge/event-fields.ts";
import type { EventField } from "../../model/condition.ts";
import { EVENT_CLASSES } from "../../model/event.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { readerOf } from "./event-world.ts";
import type { EventWorld } from "./event-world.ts";
import type { FieldReader } from "./field-readers.ts";

/**
 * How rows are told apart into groups: by their values, exactly as written, but addresses in canonical form. A row without a value for one of the fields is left out; but `observer` may be missing: a log that
 * names no machine stands for one machine, and the alert names none.
 */
export interface GroupKeys {
  /** Values of the group's fields in one text; `null` when one of them but the observer is `null`: the row is left out. */
  of(event: LogEvent): string | null;
  /** The same values by field. */
  values(event: LogEvent): Record<string, string>;
}

/** Groups by these fields; without fields all rows are one group. */
export function groupKeys(by: readonly EventField[], world: EventWorld): GroupKeys {
  const readers = readersByClass(by, world, NAMELESS);
  return {
    of(event) {
      const own = readers[event.class];
      const first = own[0];
      if (first === undefined) return "";
      const value = first(event);
      if (value === null) return null;
      return own.length === 1 ? String(value) : joined(own, event);
    },
    values(event) {
      const own = readers[event.class];
      const told = by.filter((field) => field !== "observer" || event.observer !== null);
      return Object.fromEntries(told.map((field) => [field, String(own[by.indexOf(field)]?.(event) ?? "")]));
    },
  };
}

function joined(readers: readonly FieldReader[], event: LogEvent): string | null {
  let key = "";
  for (const read of readers) {
    const value = read(event);
    if (value === null) return null;
    const text = String(value);
    key += `${text.length}:${text}`; // so that values do not run together
  }
  return key;
}

/** Rows that do not name their machine are one group of it. */
const NAMELESS: FieldReader = (event) => event.observer ?? "";

/** Readers of some fields for events of every class, addresses in canonical form. */
export function readersByClass(
  fields: readonly EventField[],
  world: EventWorld,
  observer: FieldReader | null = null,
): Readonly<Record<EventClass, readonly FieldReader[]>> {
  const reader = (field: EventField, eventClass: EventClass): FieldReader => {
    if (field === "observer" && observer !== null) return observer;
    const read = readerOf(field, eventClass, world);
    return EVENT_FIELDS[field].type === "address" ? canonical(read, world) : read;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class once, by construction
  return Object.fromEntries(
    EVENT_CLASSES.map((one) => [one, fields.map((field) => reader(field, one))]),
  ) as unknown as Record<EventClass, readonly FieldReader[]>;
}

function canonical(read: FieldReader, world: EventWorld): FieldReader {
  return (event) => {
    const value = read(event);
    if (typeof value !== "string") return value;
    const facts = world.addresses.of(value);
    return facts.canonical ?? facts.text;
  };
}
