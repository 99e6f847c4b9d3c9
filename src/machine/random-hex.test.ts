import { expect, test } from "vitest";
import { createRandomHex } from "./random-hex.io.ts";

test("texts have the length asked for and do not come again, over many refills", () => {
  const next = createRandomHex(8);
  const texts = Array.from({ length: 5000 }, next);
  expect(new Set(texts).size).toBe(5000);
  expect(texts.filter((text) => !/^[0-9a-f]{16}$/u.test(text))).toEqual([]);
});

test("two sources do not give the same", () => {
  expect(createRandomHex(8)()).not.toBe(createRandomHex(8)());
});
