import { SIGMA_EVENT_IDS, SIGMA_FIELDS } from "../../knowledge/sigma/fields.ts";
import type { SigmaFieldSource } from "../../knowledge/sigma/fields.ts";
import type { EventField } from "../../model/condition.ts";
import type { EventClass } from "../../model/event.ts";
import { readerOf } from "../detect/event-world.ts";
import type { EventWorld } from "../detect/event-world.ts";
import type { FieldReader } from "../detect/field-readers.ts";

/** How a field of a rule is read from events of one class. */
export type SigmaReader =
  | { readonly kind: "reader"; readonly read: FieldReader }
  /** The kind of event alone answers: any of these values. */
  | { readonly kind: "constants"; readonly values: readonly number[] }
  /** The class has no such field. */
  | { readonly kind: "unknown" };

/** What the class of events calls a field of Sigma's; `null` = nothing. */
export function sourceOf(field: string, eventClass: EventClass): SigmaFieldSource | null {
  const names = SIGMA_FIELDS[eventClass];
  return Object.hasOwn(names, field) ? (names[field] ?? null) : null;
}

/** How a field of a rule is read from events of a class. */
export function sigmaReader(field: string, eventClass: EventClass, world: EventWorld): SigmaReader {
  const source = sourceOf(field, eventClass);
  if (source === null) return { kind: "unknown" };
  if (source === "event-id") return { kind: "constants", values: SIGMA_EVENT_IDS[eventClass] };
  return { kind: "reader", read: readSource(source, eventClass, world) };
}

type Derived = Exclude<SigmaFieldSource, EventField | "event-id">;

const DERIVED: Readonly<Record<Derived, (reader: (field: EventField) => FieldReader) => FieldReader>> = {
  uri(reader) {
    const [path, query] = [reader("path"), reader("query")];
    return (event) => {
      const asked = query(event);
      return asked === null ? path(event) : `${String(path(event))}?${String(asked)}`;
    };
  },
  "name:executable": (reader) => lastPart(reader("executable")),
  "name:parentExecutable": (reader) => lastPart(reader("parentExecutable")),
  "name:path": (reader) => lastPart(reader("path")),
  hashes(reader) {
    const hash = reader("sha256");
    return (event) => {
      const told = hash(event);
      return told === null ? null : `SHA256=${String(told)}`;
    };
  },
  initiated(reader) {
    const direction = reader("direction");
    return (event) => {
      const told = direction(event);
      return told === null ? null : told === "outbound";
    };
  },
};

/** Reads what a field of a rule stands for. */
export function readSource(
  source: Exclude<SigmaFieldSource, "event-id">,
  eventClass: EventClass,
  world: EventWorld,
): FieldReader {
  const reader = (field: EventField): FieldReader => readerOf(field, eventClass, world);
  return isDerived(source) ? DERIVED[source](reader) : reader(source);
}

function isDerived(source: SigmaFieldSource): source is Derived {
  return Object.hasOwn(DERIVED, source);
}

function lastPart(read: FieldReader): FieldReader {
  return (event) => {
    const path = read(event);
    if (typeof path !== "string") return path;
    return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  };
}
