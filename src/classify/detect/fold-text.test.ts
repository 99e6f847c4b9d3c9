import fc from "fast-check";
import { expect, test } from "vitest";
import { anyContained, containsFolded, endsFolded, foldText, isFolded, startsFolded } from "./fold-text.ts";

const letters = fc.string({
  unit: fc.constantFrom("a", "A", "b", "B", "z", "Z", "@", "[", "`", "{", "İ", "k", "\u212a", "ß", "Σ", "ς", "é", "É"),
  maxLength: 8,
});
const LOWER: Readonly<Record<string, string>> = { A: "a", B: "b", Z: "z" };
/** Letter by letter, for the few that occur. */
const low = (text: string): string => Array.from(text, (letter) => LOWER[letter] ?? letter).join("");

test("texts are alike when they differ in the case of A to Z only", () => {
  fc.assert(
    fc.property(letters, letters, (text, pattern) => {
      const folded = foldText(pattern);
      expect(folded).toBe(low(pattern));
      expect(isFolded(text, folded)).toBe(low(text) === low(pattern));
      expect(startsFolded(text, folded)).toBe(low(text).startsWith(low(pattern)));
      expect(endsFolded(text, folded)).toBe(low(text).endsWith(low(pattern)));
      expect(containsFolded(text, folded)).toBe(low(text).includes(low(pattern)));
    }),
    { numRuns: 5000 },
  );
});

test.for([
  ["Ollama-Client/1.0", "CLIENT", true],
  ["İstanbul", "stan", true],
  ["ΑΣ", "σ", false],
  ["aaaaaaaaab", "AAB", true],
  ["", "", true],
  ["", "a", false],
] as const)("%s holds %s: %s", ([text, pattern, expected]) => {
  expect(containsFolded(text, foldText(pattern))).toBe(expected);
});

test("any of many is held when one of them is", () => {
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 8 }), (text, patterns) => {
      const expected = patterns.some((pattern) => low(text).includes(low(pattern)));
      expect(anyContained(patterns.map(foldText))(text)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
});

test.for([
  ["C:\\Tools\\LM Studio\\lms.exe", true],
  ["a KoboldCPP b", true],
  ["nothing", false],
  ["ko", false],
  ["", false],
] as const)("%s: %s", ([text, expected]) => {
  expect(anyContained(["lm studio", "koboldcpp", "gpt4all", "llamafile"])(text)).toBe(expected);
});
