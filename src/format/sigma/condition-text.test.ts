import fc from "fast-check";
import { expect, test } from "vitest";
import type { SigmaExpression } from "../../model/sigma.ts";
import { readCondition } from "./condition-text.ts";

const NAMES = ["a", "sel_1", "sel_2", "filter-x", "_own"];
const SEARCHES = new Map(
  NAMES.map((name): [string, SigmaExpression] => [name, { kind: "keyword", test: { kind: "flag", value: true } }]),
);

function holds(expression: SigmaExpression, met: ReadonlySet<string>): boolean {
  const name = NAMES.find((one) => SEARCHES.get(one) === expression);
  if (name !== undefined) return met.has(name);
  switch (expression.kind) {
    case "all":
      return expression.of.every((one) => holds(one, met));
    case "any":
      return expression.of.some((one) => holds(one, met));
    case "not":
      return !holds(expression.of, met);
    case "field":
    case "keyword":
      throw new Error("an expression that is no search");
  }
}

/** A condition with every bracket written, and what it says by itself. */
interface Said {
  readonly text: string;
  readonly is: (met: ReadonlySet<string>) => boolean;
}

const { whole } = fc.letrec<{ whole: Said; inner: Said }>((tie) => ({
  inner: fc.constantFrom(...NAMES).map((name): Said => ({ text: name, is: (met) => met.has(name) })),
  whole: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("inner"),
    tie("whole").map(({ text, is }): Said => ({ text: `not (${text})`, is: (met) => !is(met) })),
    fc.tuple(tie("whole"), tie("whole")).map(([one, other]): Said => ({
      text: `(${one.text}) and (${other.text})`,
      is: (met) => one.is(met) && other.is(met),
    })),
    fc.tuple(tie("whole"), tie("whole")).map(([one, other]): Said => ({
      text: `(${one.text}) or (${other.text})`,
      is: (met) => one.is(met) || other.is(met),
    })),
  ),
}));

test("a condition means what its brackets say", () => {
  fc.assert(
    fc.property(whole, fc.subarray(NAMES), (said, met) => {
      const read = readCondition(said.text, SEARCHES);
      if (!read.ok) throw new Error(`${said.text}: ${read.error}`);
      expect(holds(read.value, new Set(met))).toBe(said.is(new Set(met)));
    }),
    { numRuns: 500 },
  );
});

test.for<readonly [text: string, met: string, answer: boolean]>([
  ["not a and sel_1 or sel_2", "sel_2 a", true],
  ["not a and sel_1 or sel_2", "a sel_1", false],
  ["a or sel_1 and sel_2", "a", true],
  ["(a or sel_1) and sel_2", "a", false],
  ["not not a", "a", true],
  ["NOT a AND sel_1", "sel_1", true],
  ["1 of sel_*", "sel_2", true],
  ["all of sel_*", "sel_2", false],
  ["all of sel_*", "sel_1 sel_2", true],
  ["any of them", "_own", false],
  ["1 of _*", "_own", true],
  ["all of them", "a sel_1 sel_2 filter-x", true],
  ["1 of *-x", "filter-x", true],
  ["1 of s*_*1", "sel_1", true],
  ["a and not 1 of filter*", "a", true],
  ["(a)and(sel_1)", "a sel_1", true],
])("%s, where %s: %s", ([text, met, answer]) => {
  const read = readCondition(text, SEARCHES);
  if (!read.ok) throw new Error(read.error);
  expect(holds(read.value, new Set(met.split(" ")))).toBe(answer);
});

test.for<readonly [text: string, words: string]>([
  ["", "ends where a search is wanted"],
  ["a and", "ends where a search is wanted"],
  ["and a", '"and" stands where a search is wanted'],
  ["a sel_1", '"sel_1" stands alone'],
  ["(a", "a bracket is not closed"],
  ["a)", "a bracket closes that none opened"],
  ["b", 'there is no search "b"'],
  ["2 of them", '"2 of": only 1, any and all can be asked'],
  ["1 of", "`of` wants a pattern or `them`"],
  ["1 of x*", 'no search meets "x*"'],
  ["a | count() > 5", "`|` counts rows as version 1 did; write a correlation instead (event_count, value_count)"],
  ["not ".repeat(100), "is deeper than 64"],
  ["(".repeat(1999), "is deeper than 64"],
  ["a or ".repeat(1200), "has more than 2000 words"],
])("%s is refused", ([text, words]) => {
  expect(readCondition(text, SEARCHES)).toEqual({ ok: false, error: words });
});

test("any text is read or refused", () => {
  const word = fc.constantFrom(
    ...NAMES,
    "and",
    "or",
    "not",
    "of",
    "them",
    "1",
    "all",
    "any",
    "(",
    ")",
    "|",
    "*",
    "sel_*",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      expect(typeof readCondition(words.join(" "), SEARCHES).ok).toBe("boolean");
    }),
    { numRuns: 1000 },
  );
});
