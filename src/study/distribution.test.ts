import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distribution, SMALLEST_CELL, type ShareRow } from "./distribution.ts";

const rowsOf = (counts: readonly number[]): readonly ShareRow[] =>
  counts.map((counted, index) => ({ item: `item ${index}`, counted, of: 100, unknown: 0 }));
const shown = (
  counts: readonly number[],
  kind: { items: "open" | "closed"; addsUp: boolean },
): readonly (number | null)[] => distribution(rowsOf(counts), kind, SMALLEST_CELL).shares.map((one) => one.counted);

describe("R14: small cells", () => {
  test("rare names of strangers are left out, their number told", () => {
    const { shares, pooledItems } = distribution(
      rowsOf([50, 5, 4, 1, 0]),
      { items: "open", addsUp: false },
      SMALLEST_CELL,
    );
    expect(shares.map((one) => one.counted)).toEqual([50, 5, 0]);
    expect(pooledItems).toBe(2);
  });

  test.each([
    // nothing small, nothing withheld; zero is no small cell
    [[60, 30, 10, 0], true, [60, 30, 10, 0]],
    // one small cell alone could be told by subtraction: the next smallest goes with it
    [[60, 30, 7, 3], true, [60, 30, null, null]],
    // two small cells hide each other only when together they are enough
    [[60, 30, 4, 3], true, [60, 30, null, null]],
    [[60, 30, 2, 1], true, [60, null, null, null]],
    // rows that do not add up cannot be told by subtraction
    [[60, 30, 7, 3], false, [60, 30, 7, null]],
  ])("of %j, adding up: %s, there remain %j", (counts, addsUp, expected) => {
    expect(shown(counts, { items: "closed", addsUp })).toEqual(expected);
  });

  test("a full report holds nothing back", () => {
    expect(distribution(rowsOf([1, 2]), { items: "closed", addsUp: true }, 1).shares.map((one) => one.counted)).toEqual(
      [1, 2],
    );
    expect(distribution(rowsOf([1, 2]), { items: "open", addsUp: false }, 1).pooledItems).toBe(0);
  });

  test("no small cell is ever shown, and what is withheld of a whole is never one cell nor fewer than the floor", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 8 }), (counts) => {
        const cells = shown(counts, { items: "closed", addsUp: true });
        expect(cells.filter((cell) => cell !== null && cell > 0 && cell < SMALLEST_CELL)).toEqual([]);
        const withheld = counts.filter((_, index) => cells[index] === null);
        const sum = withheld.reduce((total, one) => total + one, 0);
        const everything = counts.filter((one) => one > 0);
        const isHidden = withheld.length >= 2 && sum >= SMALLEST_CELL;
        expect(withheld.length === 0 || isHidden || withheld.length === everything.length).toBe(true);
      }),
    );
  });
});
