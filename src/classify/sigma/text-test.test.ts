import fc from "fast-check";
import { expect, test } from "vitest";
import type { PatternPiece } from "../../model/sigma.ts";
import { textTest } from "./text-test.ts";

function piecesOf(pattern: string): readonly PatternPiece[] {
  return Array.from(pattern.matchAll(/\*|\?|[^*?]+/gu), ([one]): PatternPiece => {
    if (one === "*") return { kind: "many" };
    return one === "?" ? { kind: "one" } : { kind: "text", text: one };
  });
}

/** The same pattern as a regular expression. */
function expected(pattern: string, text: string, cased: boolean): boolean {
  const source = pattern.replaceAll("?", "[^]").replaceAll("*", "[^]*");
  return new RegExp(`^${source}$`, cased ? "" : "i").test(text);
}

test("goes as a regular expression of the same pattern does", () => {
  const letters = (more: readonly string[], maxLength: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom("a", "B", "b", ...more), { maxLength }).map((one) => one.join(""));
  fc.assert(
    fc.property(letters(["*", "?"], 8), letters(["A"], 12), fc.boolean(), (pattern, text, cased) => {
      expect(textTest(piecesOf(pattern), cased)(text)).toBe(expected(pattern, text, cased));
    }),
    { numRuns: 3000 },
  );
});

test("letters other than A to Z are compared exactly", () => {
  expect(textTest(piecesOf("*É?x*"), false)("aÉbX")).toBe(true);
  expect(textTest(piecesOf("*É?x*"), false)("aébX")).toBe(false);
});
