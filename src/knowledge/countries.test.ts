import { expect, test } from "vitest";
import { country, COUNTRY_OF_NUMBER } from "./countries.ts";

test.for([
  ["DE", "276", "Germany"],
  ["AF", "004", "Afghanistan"],
  ["XK", null, "Kosovo"],
] as const)("%s is %s, %s", ([code, number, name]) => {
  expect(country(code)).toEqual({ number, name });
});

test("what is no code of ISO is none, whatever objects are called", () => {
  expect(["ZZ", "de", "", "__proto__", "constructor"].map(country)).toEqual([null, null, null, null, null]);
});

test("249 countries have a number of three digits, each another", () => {
  expect(COUNTRY_OF_NUMBER.size).toBe(249);
  for (const [number, code] of COUNTRY_OF_NUMBER) expect(`${number} ${code}`).toMatch(/^\d{3} [A-Z]{2}$/u);
});
