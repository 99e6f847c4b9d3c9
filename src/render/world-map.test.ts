import { expect, test } from "vitest";
import { MAP_HEIGHT, MAP_WIDTH, worldLands } from "./world-map.ts";

const lands = worldLands();

test("176 lands, all but two with the two letters of their country, none twice", () => {
  expect(lands).toHaveLength(176);
  const codes = lands.flatMap((land) => land.country ?? []);
  expect(codes).toHaveLength(174);
  expect(new Set(codes).size).toBe(174);
  expect(codes).toEqual(expect.arrayContaining(["US", "CN", "DE", "XK", "GL"]));
});

test("every outline is closed, in whole steps, and stays on the map", () => {
  for (const land of lands) {
    expect(land.path).toMatch(/^(?:m-?\d+(?: |-)\d+(?:l-?\d+(?: |-)\d+)+z)+$/u);
    let [x, y, beginX, beginY] = [0, 0, 0, 0];
    for (const [, letter, across, down] of land.path.matchAll(/([mlz])(?:(-?\d+) ?(-?\d+))?/gu)) {
      [x, y] = letter === "z" ? [beginX, beginY] : [x + Number(across), y + Number(down)];
      if (letter === "m") [beginX, beginY] = [x, y];
      expect(x >= 0 && x <= MAP_WIDTH && y >= 0 && y <= MAP_HEIGHT).toBe(true);
    }
  }
});

test("Germany lies north of Italy and west of Poland", () => {
  const begin = (code: string): readonly number[] => {
    const path = lands.find((land) => land.country === code)?.path ?? "";
    return /^m(-?\d+) ?(-?\d+)/u.exec(path)?.slice(1).map(Number) ?? [];
  };
  const [germanyX = 0, germanyY = 0] = begin("DE");
  expect(germanyY).toBeLessThan(begin("IT")[1] ?? 0);
  expect(germanyX).toBeLessThan(begin("PL")[0] ?? 0);
});
