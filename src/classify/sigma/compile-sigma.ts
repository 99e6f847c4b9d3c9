import type { SigmaExpression, SigmaTest } from "../../model/sigma.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import type { EventTest } from "../detect/compile-condition.ts";
import type { EventWorld } from "../detect/event-world.ts";
import type { FieldReader, FieldValue } from "../detect/field-readers.ts";
import { sigmaReader } from "./field-source.ts";
import { textTest } from "./text-test.ts";

/** Whether an event meets it; `true` and `false` where the class of the event alone answers. */
export type SigmaVerdict = EventTest | boolean;

type ValueTest = (value: FieldValue) => boolean;

/** Longest part of a text on which a regular expression is tried; `format/linear-pattern.ts` bounds its work on such a text. */
const LONGEST_TRIED = 4096;

/**
 * Makes what turns that which rules ask into tests for events of one class. A field that the class lacks is absent; texts are compared
 * without regard to the case of A to Z unless the rule says `cased`.
 */
export function sigmaCompiler(
  eventClass: EventClass,
  world: EventWorld,
): (expression: SigmaExpression) => SigmaVerdict {
  const known = new Map<SigmaExpression, SigmaVerdict>(); // a search may be named many times
  const compile = (expression: SigmaExpression): SigmaVerdict => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const verdict = compileNew(expression);
    known.set(expression, verdict);
    return verdict;
  };
  const compileNew = (expression: SigmaExpression): SigmaVerdict => {
    switch (expression.kind) {
      case "all":
        return both(expression.of.map(compile));
      case "any":
        return either(expression.of.map(compile));
      case "not":
        return opposite(compile(expression.of));
      case "field":
        return fieldTest(expression.field, expression.test, eventClass, world);
      case "keyword": {
        const meets = valueTest(expression.test, world);
        return (event) => meets(event.place.text);
      }
    }
  };
  return compile;
}

function both(verdicts: readonly SigmaVerdict[]): SigmaVerdict {
  if (verdicts.includes(false)) return false;
  const tests = verdicts.filter((one) => typeof one === "function");
  const [only] = tests;
  if (only === undefined) return true;
  return tests.length === 1 ? only : (event) => tests.every((test) => test(event));
}

function either(verdicts: readonly SigmaVerdict[]): SigmaVerdict {
  if (verdicts.includes(true)) return true;
  const tests = verdicts.filter((one) => typeof one === "function");
  const [only] = tests;
  if (only === undefined) return false;
  return tests.length === 1 ? only : (event) => tests.some((test) => test(event));
}

function opposite(verdict: SigmaVerdict): SigmaVerdict {
  return typeof verdict === "function" ? (event) => !verdict(event) : !verdict;
}

function fieldTest(field: string, test: SigmaTest, eventClass: EventClass, world: EventWorld): SigmaVerdict {
  const source = sigmaReader(field, eventClass, world);
  if (test.kind === "field") {
    const other = sigmaReader(test.other, eventClass, world);
    if (source.kind !== "reader" || other.kind !== "reader") return false;
    return againstField(source.read, other.read, test);
  }
  const meets = valueTest(test, world);
  switch (source.kind) {
    case "unknown":
      return meets(null);
    case "constants":
      return source.values.length === 0 ? meets(null) : source.values.some(meets);
    case "reader": {
      const { read } = source;
      return (event: LogEvent) => meets(read(event));
    }
  }
}

function valueTest(test: SigmaTest, world: EventWorld): ValueTest {
  switch (test.kind) {
    case "text": {
      const meets = textTest(test.pieces, test.cased);
      return (value) => value !== null && meets(typeof value === "string" ? value : String(value));
    }
    case "number": {
      const text = String(test.value);
      return (value) =>
        value === test.value || value === text || (typeof value === "boolean" && Number(value) === test.value);
    }
    case "flag": {
      const text = String(test.value);
      return (value) =>
        value === test.value ||
        value === Number(test.value) ||
        (typeof value === "string" && value.toLowerCase() === text);
    }
    case "null":
      return (value) => value === null;
    case "exists":
      return (value) => value !== null;
    case "regex": {
      const pattern = new RegExp(test.source, `${test.flags}u`);
      return (value) => value !== null && pattern.test(String(value).slice(0, LONGEST_TRIED));
    }
    case "cidr":
      return cidrTest(test.prefix, world);
    case "compare":
      return comparison(test.by, test.value);
    case "field":
      return () => false;
  }
}

function cidrTest(prefix: string, { addresses }: EventWorld): ValueTest {
  const list = addresses.addPrefixes([prefix]);
  return (value) => typeof value === "string" && addresses.isInside(addresses.of(value), list);
}

function comparison(by: "lt" | "lte" | "gt" | "gte", limit: number): ValueTest {
  const COMPARE: Readonly<Record<typeof by, (value: number) => boolean>> = {
    lt: (value) => value < limit,
    lte: (value) => value <= limit,
    gt: (value) => value > limit,
    gte: (value) => value >= limit,
  };
  const meets = COMPARE[by];
  return (value) => {
    if (typeof value === "number") return meets(value);
    return typeof value === "string" && value.trim() !== "" && meets(Number(value));
  };
}

function againstField(
  read: FieldReader,
  readOther: FieldReader,
  { how, cased }: Extract<SigmaTest, { readonly kind: "field" }>,
): EventTest {
  const told = (value: FieldValue): string => (cased ? String(value) : String(value).toLowerCase());
  return (event) => {
    const [value, other] = [read(event), readOther(event)];
    if (value === null || other === null) return false;
    const [text, part] = [told(value), told(other)];
    switch (how) {
      case "is":
        return text === part;
      case "starts":
        return text.startsWith(part);
      case "ends":
        return text.endsWith(part);
      case "contains":
        return text.includes(part);
    }
  };
}
