import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

test("a stream repeats, and its forks do not move it", () => {
  const [a, b] = [createRandom("seed"), createRandom("seed")];
  b.fork("elsewhere").next();
  expect([a.next(), a.next(), a.next()]).toEqual([b.next(), b.next(), b.next()]);
  expect(createRandom("seed").next()).not.toBe(createRandom("sead").next());
});

test("draws spread evenly and stay within their bounds", () => {
  const random = createRandom("spread");
  const counts = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 20_000; draw += 1) {
    const at = random.between(0, 9);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  // 2,000 expected in each, standard deviation 42: five of them either way
  expect(Math.min(...counts)).toBeGreaterThan(1_790);
  expect(Math.max(...counts)).toBeLessThan(2_210);
});

test("weights are obeyed and a weight of nothing is never drawn", () => {
  const random = createRandom("weights");
  const items = [
    { name: "never", weight: 0 },
    { name: "often", weight: 3 },
    { name: "seldom", weight: 1 },
  ];
  const drawn = Array.from({ length: 4_000 }, () => random.weighted(items).name);
  expect(drawn).not.toContain("never");
  const often = drawn.filter((name) => name === "often").length;
  expect(often).toBeGreaterThan(2_850); // 3,000 expected, standard deviation 27
  expect(often).toBeLessThan(3_150);
});
