import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patternFault } from "./linear-pattern.ts";

describe("patterns that people write for arguments", () => {
  test.for([
    "",
    "^[a-z0-9-]+$",
    "^[A-Z]{3}$",
    "^(read|write|list)$",
    "^https://example\\.org/[\\w./-]*$",
    "^https://[^/]+/[a-z]+/[0-9]+$",
    "^[^/]+/[^/]+$",
    "^\\d{4}-\\d{2}-\\d{2}$",
    "^\\d{1,3}(\\.\\d{1,3}){3}$",
    "^/srv/data/[\\w-]+\\.csv$",
    "^[a-z]{1,40}@[a-z]{1,40}\\.[a-z]{2,10}$",
    "^(?:GET|POST) /api/",
    "^(?<year>\\d{4})$",
    "^\\p{L}+$",
    "^[\\]]*$",
    "\\.csv$",
    "[0-9]+",
    "^(ab)*$",
    "^a*b*$",
  ])("%s", (pattern) => {
    expect(patternFault(pattern)).toBeNull();
  });
});

describe("patterns whose work cannot be bounded", () => {
  test.for([
    "(a+)+$",
    "^(a*)*$",
    "^([a-z]+)*$",
    "^(a|a)*$",
    "^(a|ab)*c$",
    "^(a?){30}a{30}$",
    "^(\\w+\\s?)*$",
    "^a*a*a*$",
    "a*a*$",
    "(?=a)a",
    "(?!a)b",
    "(?<=a)b",
    "(?<!a)b",
    "(?i:a)",
    "(a)\\1",
    "(?<x>a)\\k<x>",
    "^[ab]*[ab]*b*c",
    "^(a{0,99}){0,99}$",
    "^(a|b|c|d){12}$",
    "^a{99999}$",
    "^((a{1,9}){1,9}){1,9}$",
    "(",
    "[",
    "a".repeat(513),
  ])("%s", (pattern) => {
    expect(patternFault(pattern)).toEqual(expect.any(String));
  });
});

/** A pattern of few letters, where everything overlaps with everything. */
type Pattern =
  | { readonly kind: "one"; readonly text: string }
  | { readonly kind: "both"; readonly parts: readonly Pattern[] }
  | { readonly kind: "either"; readonly parts: readonly Pattern[] }
  | { readonly kind: "times"; readonly part: Pattern; readonly least: number; readonly most: number };

const TIMES: readonly (readonly [string, number, number])[] = [
  ["*", 0, Infinity],
  ["+", 1, Infinity],
  ["?", 0, 1],
  ["{2}", 2, 2],
  ["{0,3}", 0, 3],
  ["{2,}", 2, Infinity],
];
const pattern: fc.Arbitrary<Pattern> = fc.letrec<{ part: Pattern }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 5, depthSize: "large" },
    fc.constantFrom("a", "b", "[ab]", "[^b]", ".", "\\w", "^", "$").map((text): Pattern => ({ kind: "one", text })),
    fc.array(tie("part"), { minLength: 1, maxLength: 4 }).map((parts): Pattern => ({ kind: "both", parts })),
    fc.array(tie("part"), { minLength: 2, maxLength: 3 }).map((parts): Pattern => ({ kind: "either", parts })),
    fc
      .tuple(tie("part"), fc.constantFrom(...TIMES))
      .map(([part, [, least, most]]): Pattern => ({ kind: "times", part, least, most })),
  ),
})).part;

function written(node: Pattern): string {
  switch (node.kind) {
    case "one":
      return node.text;
    case "both":
      return node.parts.map(written).join("");
    case "either":
      return `(?:${node.parts.map(written).join("|")})`;
    case "times": {
      const [times = ""] = TIMES.find(([, least, most]) => least === node.least && most === node.most) ?? [];
      const isBare = node.part.kind === "one" && !"^$".includes(node.part.text);
      return isBare ? written(node.part) + times : `(?:${written(node.part)})${times}`;
    }
  }
}

/** Tries a pattern as engines do that backtrack, everywhere, and counts characters and edges looked at; stops at `most`. */
function stepsOf(node: Pattern, text: string, most: number): number {
  let steps = 0;
  const tried = (one: Pattern, at: number, then: (at: number) => boolean): boolean => {
    if (steps > most) return true;
    switch (one.kind) {
      case "one":
        steps += 1;
        if (one.text === "^") return at === 0 && then(at);
        if (one.text === "$") return at === text.length && then(at);
        return at < text.length && RegExp(`^${one.text}$`, "u").test(text[at] ?? "") && then(at + 1);
      case "both": {
        const from = (part: number, place: number): boolean => {
          const next = one.parts[part];
          return next === undefined ? then(place) : tried(next, place, (after) => from(part + 1, after));
        };
        return from(0, at);
      }
      case "either":
        return one.parts.some((part) => tried(part, at, then));
      case "times": {
        const more = (count: number, place: number): boolean =>
          (count < one.most &&
            tried(one.part, place, (after) => (after > place || count < one.least) && more(count + 1, after))) ||
          (count >= one.least && then(place));
        return more(0, at);
      }
    }
  };
  const starts = written(node).startsWith("^") ? 1 : text.length + 1;
  for (let at = 0; at < starts && steps <= most; at += 1) if (tried(node, at, () => false)) break;
  return steps;
}

test("whatever is taken takes steps within the square of the text's length, also where nothing fits in the end", () => {
  const length = 40;
  const texts = ["a", "b", "ab", "aab"].map((unit) => unit.repeat(length).slice(0, length));
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(pattern, (node) => {
      const text = written(node);
      const most = 8 * text.length * length ** 2;
      if (patternFault(text) !== null) {
        refused += 1;
        return;
      }
      // Ways without repetitions are allowed more of: they do not grow with the text.
      if (/\{|\?[^:]|\|/u.test(text)) return;
      taken += 1;
      for (const one of texts) expect(stepsOf(node, one, most)).toBeLessThanOrEqual(most);
    }),
    { numRuns: 20_000, seed: 20_261_121 },
  );
  expect(Math.min(taken, refused)).toBeGreaterThan(300);
});

test("the counter of steps tells what runs away", () => {
  const a: Pattern = { kind: "one", text: "a" };
  const times = (part: Pattern): Pattern => ({ kind: "times", part, least: 1, most: Infinity });
  const end: Pattern = { kind: "one", text: "$" };
  expect(stepsOf({ kind: "both", parts: [times(times(a)), end] }, "a".repeat(40) + "b", 1e5)).toBeGreaterThan(1e5);
});
