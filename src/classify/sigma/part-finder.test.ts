import fc from "fast-check";
import { expect, test } from "vitest";
import { partFinder } from "./part-finder.ts";

test("finds every part that stands in the text, in whatever case, and no other", () => {
  const letters = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom("a", "b", "c", "é"), { minLength, maxLength }).map((of) => of.join(""));
  fc.assert(
    fc.property(fc.uniqueArray(letters(3, 6)), letters(0, 20), fc.boolean(), (parts, text, isLoud) => {
      const finder = partFinder(new Map(parts.map((part, at) => [part, [at]])));
      const found = new Set<number>();
      const row = isLoud ? text.replaceAll(/[a-c]/gu, (letter) => letter.toUpperCase()) : text;
      finder(row, (numbers) => {
        for (const number of numbers) found.add(number);
      });
      expect([...found].toSorted((a, b) => a - b)).toEqual(
        [...parts.keys()].filter((at) => text.includes(parts[at] ?? "")),
      );
    }),
    { numRuns: 3000 },
  );
});

test("ten thousand parts are told apart", () => {
  const parts = Array.from({ length: 10_000 }, (_, at) => `part ${at};`);
  const finder = partFinder(new Map(parts.map((part, at) => [part, [at]])));
  const found: number[] = [];
  finder("PART 7; Part 9999; part 10000;", (numbers) => found.push(...numbers));
  expect(found).toEqual([7, 9999]);
});
