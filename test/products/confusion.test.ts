import { describe, expect, test } from "vitest";
import { tellProduct } from "../../src/classify/tell-product.ts";
import type { Product } from "../../src/knowledge/product.ts";
import { PRODUCTS } from "../../src/knowledge/products/index.ts";
import { wholeEvidence } from "./whole-evidence.ts";

const products: readonly Product[] = PRODUCTS;
const examples = products.flatMap((product) => product.examples.map((example) => ({ id: product.id, example })));
const lookAlikes = products.flatMap((product) => product.lookAlikes.map((example) => ({ id: product.id, example })));

describe("whole answers", () => {
  test.each(examples)("$id: $example.name is told as what it is", ({ id, example }) => {
    expect(tellProduct(wholeEvidence(example))?.product.id).toBe(id);
  });

  test.each(lookAlikes)("not $id: $example.name", ({ id, example }) => {
    expect(tellProduct(wholeEvidence(example))?.product.id).not.toBe(id);
  });
});
