import { nearestWord } from "../../model/nearest-word.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";

/** Modifiers that Corral knows, and what they work on. */
const MODIFIERS = {
  contains: "place",
  startswith: "place",
  endswith: "place",
  base64: "encode",
  base64offset: "encode",
  wide: "encode",
  utf16le: "encode",
  utf16be: "encode",
  windash: "encode",
  all: "list",
  neq: "list",
  cased: "case",
  re: "test",
  cidr: "test",
  lt: "test",
  lte: "test",
  gt: "test",
  gte: "test",
  exists: "test",
  fieldref: "test",
  i: "regex-flag",
  m: "regex-flag",
  s: "regex-flag",
} as const;
/** Name of a modifier. */
export type ModifierName = keyof typeof MODIFIERS;

const LONG_FLAGS: Readonly<Record<string, ModifierName>> = { ignorecase: "i", multiline: "m", dotall: "s" };

const REFUSED: Readonly<Record<string, string>> = {
  expand: "placeholders are filled in by a pipeline, which Corral has not; write the values out",
  utf16: "a text with a byte order mark stands in no row; use utf16le or utf16be",
  minute: "parts of a time cannot be asked",
  hour: "parts of a time cannot be asked",
  day: "parts of a time cannot be asked",
  week: "parts of a time cannot be asked",
  month: "parts of a time cannot be asked",
  year: "parts of a time cannot be asked",
};

/** How a value is tested when it is not compared as text. */
export type TestName = "re" | "cidr" | "lt" | "lte" | "gt" | "gte" | "exists" | "fieldref";

/** The modifiers of one item of a search. */
export interface Modifiers {
  /** What changes the values, in order. */
  readonly steps: readonly ModifierName[];
  readonly test: TestName | null;
  readonly all: boolean;
  readonly neq: boolean;
  readonly cased: boolean;
  /** Flags of a regular expression. */
  readonly flags: string;
}

/** Reads `contains|all`; says what is unknown, unsupported or does not fit together. */
export function readModifiers(words: readonly string[]): Result<Modifiers, string> {
  const names: ModifierName[] = [];
  for (const word of words) {
    const name = Object.hasOwn(LONG_FLAGS, word) ? LONG_FLAGS[word] : word;
    if (Object.hasOwn(REFUSED, word)) return fail(`the modifier "${word}" is not supported: ${REFUSED[word] ?? ""}`);
    if (name === undefined || !isModifier(name)) return fail(unknownWords(word));
    if (names.includes(name)) return fail(`the modifier "${word}" is given twice`);
    names.push(name);
  }
  const tests = names.filter(isTest);
  const steps = names.filter((name) => MODIFIERS[name] === "place" || MODIFIERS[name] === "encode");
  const flags = names.filter((name) => MODIFIERS[name] === "regex-flag").join("");
  const [test = null] = tests;
  if (tests.length > 1) return fail(`the modifiers ${tests.join(" and ")} exclude each other`);
  if (flags !== "" && test !== "re")
    return fail(`the modifier "${flags.charAt(0)}" is a flag of re, which is not there`);
  const unfit = unfitStep(test, steps);
  if (unfit !== null) return fail(`the modifiers ${test ?? ""} and ${unfit} do not go together`);
  return ok({
    steps,
    test,
    all: names.includes("all"),
    neq: names.includes("neq"),
    cased: names.includes("cased"),
    flags,
  });
}

function unfitStep(test: TestName | null, steps: readonly ModifierName[]): ModifierName | null {
  if (test === null) return null;
  if (test === "fieldref") return steps.find((name) => MODIFIERS[name] !== "place") ?? null;
  return steps.find((name) => test !== "re" || name !== "contains") ?? null;
}

function isModifier(word: string): word is ModifierName {
  return Object.hasOwn(MODIFIERS, word);
}

function isTest(name: ModifierName): name is TestName {
  return MODIFIERS[name] === "test";
}

function unknownWords(word: string): string {
  const near = nearestWord(word, Object.keys(MODIFIERS));
  return `there is no modifier "${word}"${near === null ? "" : `; did you mean ${near}?`}`;
}
