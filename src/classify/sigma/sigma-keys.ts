import { EVENT_FIELDS } from "../../knowledge/event-fields.ts";
import { EVENT_CLASSES } from "../../model/event.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import type { EventWorld } from "../detect/event-world.ts";
import type { FieldReader } from "../detect/field-readers.ts";
import type { GroupKeys } from "../detect/group-key.ts";
import { sigmaReader, sourceOf } from "./field-source.ts";

/** How one field is read from events of every class. */
export type ByClass = Readonly<Record<EventClass, FieldReader>>;

/** Reads a field as a rule calls it, addresses in canonical form. */
export function readersOf(field: string, world: EventWorld): ByClass {
  const reader = (eventClass: EventClass): FieldReader => {
    const source = sigmaReader(field, eventClass, world);
    if (source.kind !== "reader") return () => null;
    return isAddress(field, eventClass) ? canonical(source.read, world) : source.read;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class once, by construction
  return Object.fromEntries(EVENT_CLASSES.map((one) => [one, reader(one)])) as unknown as ByClass;
}

function isAddress(field: string, eventClass: EventClass): boolean {
  const source = sourceOf(field, eventClass) ?? "";
  const fields: Readonly<Record<string, { readonly type: string }>> = EVENT_FIELDS;
  return Object.hasOwn(fields, source) && fields[source]?.type === "address";
}

function canonical(read: FieldReader, world: EventWorld): FieldReader {
  return (event) => {
    const value = read(event);
    if (typeof value !== "string") return value;
    const facts = world.addresses.of(value);
    return facts.canonical ?? facts.text;
  };
}

/** Groups whose fields depend on the rule that the row meets. */
export interface SigmaKeys extends GroupKeys {
  /** Sets the readers that hold for the next row, in the order of the group's names. */
  use(readers: readonly ByClass[]): void;
}

/** Rows without a value for one of the fields are left out. */
export function sigmaKeys(names: readonly string[]): SigmaKeys {
  let own: readonly ByClass[] = [];
  return {
    use(readers) {
      own = readers;
    },
    of(event) {
      let key = "";
      for (const readers of own) {
        const value = readers[event.class](event);
        if (value === null) return null;
        const text = String(value);
        key += `${text.length}:${text}`; // so that values do not run together
      }
      return key;
    },
    values: (event) => Object.fromEntries(names.map((name, at) => [name, String(own[at]?.[event.class](event) ?? "")])),
  };
}

/** Rows of one rule that stand alone: by machine and client, where a row tells them. */
export function plainKeys(world: EventWorld): GroupKeys {
  const client = (event: LogEvent): string =>
    "sourceIp" in event && event.sourceIp !== null
      ? (world.addresses.of(event.sourceIp).canonical ?? event.sourceIp)
      : "";
  return {
    of: (event) => `${(event.observer ?? "").length}:${event.observer ?? ""}${client(event)}`,
    values(event) {
      const source = client(event);
      return {
        ...(event.observer === null ? {} : { observer: event.observer }),
        ...(source === "" ? {} : { sourceIp: source }),
      };
    },
  };
}
