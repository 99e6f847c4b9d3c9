import type { EventField } from "../../model/condition.ts";
import type { EventClass } from "../../model/event.ts";
import { readerOf } from "./event-world.ts";
import type { EventWorld } from "./event-world.ts";
import type { Facets } from "./facets.ts";
import type { FieldValue } from "./field-readers.ts";
import { ownText } from "./own-text.ts";

/** Values of one field that get a number; later ones have none, and what asks them stays open. */
const MOST_VALUES = 4095;
const VALUE_BITS = 12;
const NO_NUMBER = 0;
const NUMBER_OF_NULL = 1;

/**
 * Facets of two fields whose values come again and again, such as a program and its parent: what conditions say of a value is worked out
 * when it is first seen.
 */
export function textFacets(
  fields: readonly [EventField, EventField],
  eventClass: EventClass,
  world: EventWorld,
): Facets {
  const [first, second] = fields;
  const readFirst = readerOf(first, eventClass, world);
  const readSecond = readerOf(second, eventClass, world);
  const firstNumbers = valueNumbers();
  const secondNumbers = valueNumbers();
  return {
    keyOf: (event) => (firstNumbers(readFirst(event)) << VALUE_BITS) | secondNumbers(readSecond(event)),
    fixes: (atom, event) =>
      (atom.field === first && firstNumbers(readFirst(event)) !== NO_NUMBER) ||
      (atom.field === second && secondNumbers(readSecond(event)) !== NO_NUMBER),
  };
}

/** Numbers texts in the order in which they are first seen. */
function valueNumbers(): (value: FieldValue) => number {
  const numbers = new Map<string, number>();
  let last = "";
  let lastNumber = NO_NUMBER;
  return (value) => {
    if (value === null) return NUMBER_OF_NULL;
    if (typeof value !== "string") return NO_NUMBER;
    if (value === last && lastNumber !== NO_NUMBER) return lastNumber;
    const known = numbers.get(value);
    if (known === undefined && numbers.size >= MOST_VALUES - NUMBER_OF_NULL) return NO_NUMBER;
    const number = known ?? numbers.size + NUMBER_OF_NULL + 1;
    if (known === undefined) numbers.set(ownText(value), number);
    last = value;
    lastNumber = number;
    return number;
  };
}
