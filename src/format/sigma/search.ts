import type { SigmaExpression, SigmaTest } from "../../model/sigma.ts";
import type { YamlPath } from "../yaml-document.ts";
import { readModifiers } from "./modifiers.ts";
import type { Modifiers } from "./modifiers.ts";
import { isMap } from "./teller.ts";
import type { Teller } from "./teller.ts";
import { valueTests } from "./value-test.ts";

/** Met by no row: stands where a problem has been told. */
const BROKEN: SigmaExpression = { kind: "any", of: [] };
const MOST_VALUES = 20_000;

const KEYWORD: Modifiers = { steps: ["contains"], test: null, all: false, neq: false, cased: false, flags: "" };

/** Reads one named search: a map of fields, a list of maps, or words to look for in the whole row. */
export function readSearch(value: unknown, path: YamlPath, teller: Teller): SigmaExpression {
  if (isMap(value)) return mapSearch(value, path, teller);
  if (!Array.isArray(value)) return itemOf(null, KEYWORD, value, path, teller);
  if (value.length === 0) return broken(path, "is an empty list", teller);
  return {
    kind: "any",
    of: value.map((one: unknown, at) =>
      isMap(one) ? mapSearch(one, [...path, at], teller) : itemOf(null, KEYWORD, one, [...path, at], teller),
    ),
  };
}

function mapSearch(map: Readonly<Record<string, unknown>>, path: YamlPath, teller: Teller): SigmaExpression {
  const items = Object.entries(map);
  if (items.length === 0) return broken(path, "asks nothing", teller);
  const of = items.map(([key, value]) => readItem(key, value, [...path, key], teller));
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: "all", of };
}

function readItem(key: string, value: unknown, path: YamlPath, teller: Teller): SigmaExpression {
  const [field = "", ...words] = key.split("|");
  const modifiers = readModifiers(words);
  if (!modifiers.ok) return broken(path, modifiers.error, teller);
  if (field !== "") return itemOf(field, modifiers.value, value, path, teller);
  const { test, steps } = modifiers.value;
  if (test !== null && test !== "re") return broken(path, `${test} wants a field`, teller);
  const placed = steps.some((name) => name === "contains" || name === "startswith" || name === "endswith");
  const own =
    test === "re" || placed ? modifiers.value : { ...modifiers.value, steps: [...steps, "contains" as const] };
  return itemOf(null, own, value, path, teller);
}

function itemOf(
  field: string | null,
  modifiers: Modifiers,
  value: unknown,
  path: YamlPath,
  teller: Teller,
): SigmaExpression {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return broken(path, "is an empty list", teller);
  if (values.length > MOST_VALUES) return broken(path, `has more than ${MOST_VALUES} values`, teller);
  const of = values.map((one, at): SigmaExpression => {
    const place = Array.isArray(value) ? [...path, at] : path;
    if (!isScalar(one)) return broken(place, "must be a text, a number, true, false or empty", teller);
    if (field === null && one === null) return broken(place, "a word to look for must not be empty", teller);
    const tests = valueTests(one, modifiers);
    if (!tests.ok) return broken(place, tests.error, teller);
    return oneOf(tests.value.map((test) => expressionOf(field, test)));
  });
  const [only] = of;
  const many: SigmaExpression =
    only !== undefined && of.length === 1 ? only : { kind: modifiers.all ? "all" : "any", of };
  return modifiers.neq ? { kind: "not", of: many } : many;
}

function expressionOf(field: string | null, test: SigmaTest): SigmaExpression {
  return field === null ? { kind: "keyword", test } : { kind: "field", field, test };
}

function oneOf(of: readonly SigmaExpression[]): SigmaExpression {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: "any", of };
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function broken(path: YamlPath, message: string, teller: Teller): SigmaExpression {
  teller.say(path, message);
  return BROKEN;
}
