import { describe, expect, test } from "vitest";
import { NO_EVIDENCE, titleOf } from "../product.ts";
import type { Product } from "../product.ts";
import { READ_ONLY_ROUTES } from "../read-only-routes.ts";
import { PRODUCTS } from "./index.ts";

const products: readonly Product[] = PRODUCTS;
const tells = products.flatMap((product) =>
  product.tells.map((tell, index) => ({ name: `${product.id} ${index}`, tell })),
);

describe("every tell", () => {
  test.each(tells)("$name takes its matches and leaves its look-alikes", ({ tell }) => {
    for (const match of tell.matches) expect(tell.holds({ ...NO_EVIDENCE, ...match })).toBe(true);
    for (const reject of tell.rejects) expect(tell.holds({ ...NO_EVIDENCE, ...reject })).toBe(false);
    expect(tell.holds(NO_EVIDENCE)).toBe(false);
    expect(tell.source).not.toBe("");
  });
});

test("ids stay: they stand in lakes", () => {
  expect(products.map(({ id }) => id)).toEqual(["koboldcpp", "localai", "open-webui", "sglang", "llama-cpp", "ollama"]);
});

test("a product's own route is one that may be asked", () => {
  const routes = products.map(({ ownRoute }) => ownRoute).filter((route) => route !== null);
  expect(Object.keys(READ_ONLY_ROUTES)).toEqual(expect.arrayContaining(routes));
});

test.each([
  ["<html><title> Open WebUI </title>", "Open WebUI"],
  ["<title>cut off", "cut off"],
  ["no title", ""],
  [null, ""],
])("the title of %j is %j", (page, title) => {
  expect(titleOf(page)).toBe(title);
});
