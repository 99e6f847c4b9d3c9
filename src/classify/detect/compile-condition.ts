import type { Condition, EventField } from "../../model/condition.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { wordBits } from "./address-words.ts";
import type { AddressBook } from "./address-words.ts";
import { anyContained, endsFolded, foldText, isFolded, startsFolded } from "./fold-text.ts";
import type { FieldReader } from "./field-readers.ts";
import { readerOf } from "./event-world.ts";
import type { EventWorld } from "./event-world.ts";
import { isAlways, isNever } from "./simplify-condition.ts";

/** Whether an event meets a condition. */
export type EventTest = (event: LogEvent) => boolean;

const YES: EventTest = () => true;
const NO: EventTest = () => false;

/**
 * Turns a condition into a test for events of one class. A field that the class lacks, or that is `null`, meets nothing but `absent`; a
 * text is never equal to a number; `above` and `below` leave the value itself out. Tests allocate nothing.
 */
export function compileCondition(condition: Condition, eventClass: EventClass, world: EventWorld): EventTest {
  if (isAlways(condition)) return YES;
  if (isNever(condition)) return NO;
  switch (condition.kind) {
    case "all":
      return both(condition.of.map((one) => compileCondition(one, eventClass, world)));
    case "any":
      return either(condition.of.map((one) => compileCondition(one, eventClass, world)));
    case "not": {
      const inner = compileCondition(condition.of, eventClass, world);
      return (event) => !inner(event);
    }
    case "is":
      return isTest(field(condition.field), condition.values);
    case "starts":
    case "ends":
      return textTest(field(condition.field), condition.values.map(foldText), COMPARE[condition.kind]);
    case "contains":
      return textsTest(field(condition.field), anyContained(condition.values.map(foldText)));
    case "above":
    case "below":
      return numberTest(field(condition.field), condition.value, condition.kind === "above");
    case "network":
      return networkTest(field(condition.field), wordBits(condition.words), world.addresses);
    case "cidr":
      return cidrTest(field(condition.field), condition.prefixes, world.addresses);
    case "absent": {
      const read = field(condition.field);
      return (event) => read(event) === null;
    }
  }
  function field(name: EventField): FieldReader {
    return readerOf(name, eventClass, world);
  }
}

const COMPARE = { starts: startsFolded, ends: endsFolded } as const;

function both(tests: readonly EventTest[]): EventTest {
  const [a = YES, b = YES, c = YES, ...more] = tests;
  if (tests.length === 1) return a;
  if (tests.length === 2) return (event) => a(event) && b(event);
  if (tests.length === 3) return (event) => a(event) && b(event) && c(event);
  const rest = both(more);
  return (event) => a(event) && b(event) && c(event) && rest(event);
}

function either(tests: readonly EventTest[]): EventTest {
  const [a = NO, b = NO, c = NO, ...more] = tests;
  if (tests.length === 1) return a;
  if (tests.length === 2) return (event) => a(event) || b(event);
  if (tests.length === 3) return (event) => a(event) || b(event) || c(event);
  const rest = either(more);
  return (event) => a(event) || b(event) || c(event) || rest(event);
}

function isTest(read: FieldReader, values: readonly (string | number | boolean)[]): EventTest {
  const texts = values.filter((value) => typeof value === "string").map(foldText);
  const others = values.filter((value) => typeof value !== "string");
  const [only] = others;
  if (texts.length === 0 && others.length === 1) return (event) => read(event) === only;
  if (others.length === 0) return textTest(read, texts, isFolded);
  return (event) => {
    const value = read(event);
    if (value === null) return false;
    return typeof value === "string" ? texts.some((text) => isFolded(value, text)) : others.includes(value);
  };
}

function textTest(
  read: FieldReader,
  folded: readonly string[],
  compare: (text: string, folded: string) => boolean,
): EventTest {
  const [only] = folded;
  if (folded.length === 1 && only !== undefined)
    return (event) => {
      const value = read(event);
      return typeof value === "string" && compare(value, only);
    };
  return (event) => {
    const value = read(event);
    if (typeof value !== "string") return false;
    for (const one of folded) if (compare(value, one)) return true;
    return false;
  };
}

function textsTest(read: FieldReader, meets: (text: string) => boolean): EventTest {
  return (event) => {
    const value = read(event);
    return typeof value === "string" && meets(value);
  };
}

function numberTest(read: FieldReader, limit: number, above: boolean): EventTest {
  return above
    ? (event) => {
        const value = read(event);
        return typeof value === "number" && value > limit;
      }
    : (event) => {
        const value = read(event);
        return typeof value === "number" && value < limit;
      };
}

function networkTest(read: FieldReader, bits: number, addresses: AddressBook): EventTest {
  return (event) => {
    const value = read(event);
    return typeof value === "string" && (addresses.of(value).words & bits) !== 0;
  };
}

function cidrTest(read: FieldReader, prefixes: readonly string[], addresses: AddressBook): EventTest {
  const list = addresses.addPrefixes(prefixes);
  return (event) => {
    const value = read(event);
    return typeof value === "string" && addresses.isInside(addresses.of(value), list);
  };
}
