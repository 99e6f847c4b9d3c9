import { expect, test } from "vitest";
import { BRANDS } from "../knowledge/brands.ts";
import { brandOf } from "./brand.ts";

test.each(BRANDS.flatMap((row) => row.matches.map((name) => [name, row.id, row.maker] as const)))(
  "%j is %s by %s",
  (name, id, maker) => {
    expect(brandOf(name)).toMatchObject({ id, maker });
  },
);

test.each(BRANDS.flatMap((row) => row.rejects.map((name) => [row.id, name] as const)))("%s is not %j", (id, name) => {
  expect(brandOf(name)?.id).not.toBe(id);
});

test.each([
  [null],
  [""],
  ["my-llama3.2"],
  ["assistant:latest"],
  ["constructor"],
  ["llama"],
  ["llama3.2\u0000"],
  ["a".repeat(10_000)],
])("%j has no brand", (name) => {
  expect(brandOf(name)).toBeNull();
});

test("no stem belongs to two rows", () => {
  const stems = BRANDS.flatMap((row) => row.stems);
  expect(new Set(stems).size).toBe(stems.length);
});
