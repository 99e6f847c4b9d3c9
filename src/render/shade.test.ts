import fc from "fast-check";
import { expect, test } from "vitest";
import { classOf, countClasses, shareShade } from "./shade.ts";

test.for([
  { counts: [], names: [], shades: [] },
  { counts: [0, 0], names: [], shades: [] },
  { counts: [7], names: ["7"], shades: [3] },
  { counts: [7, 7, 0], names: ["7"], shades: [3] },
  { counts: [1, 2], names: ["1", "2"], shades: [0, 4] },
  {
    counts: [5, 60_000],
    names: ["5–49", "50–199", "200–999", "1,000–9,999", "10,000–60,000"],
    shades: [0, 1, 2, 3, 4],
  },
])("$counts fall into $names", ({ counts, names, shades }) => {
  const classes = countClasses(counts);
  expect(classes.map((one) => one.name)).toEqual(names);
  expect(classes.map((one) => one.shade)).toEqual(shades);
});

test("every count but 0 has one class, which reaches over it; a greater count never a lighter shade", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 250 }), (counts) => {
      const classes = countClasses(counts);
      expect(classes.length).toBeLessThanOrEqual(5);
      const found = counts.toSorted((a, b) => a - b).map((one) => ({ one, its: classOf(one, classes) }));
      for (const { one, its } of found) {
        const reaches = its !== null && its.from <= one && one <= its.to;
        expect(reaches).toBe(one > 0);
      }
      const shades = found.map(({ its }) => its?.shade ?? -1);
      expect(shades).toEqual(shades.toSorted((a, b) => a - b));
    }),
  );
});

test.for([
  [0, 0],
  [0.0499, 0],
  [0.05, 1],
  [0.1, 2],
  [0.25, 3],
  [0.5, 4],
  [1, 4],
] as const)("a share of %d has shade %d", ([share, shade]) => {
  expect(shareShade(share)).toBe(shade);
});
