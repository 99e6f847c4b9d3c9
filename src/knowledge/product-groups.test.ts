import { expect, test } from "vitest";
import { ACCOUNT_TELLS } from "./account-tells.ts";
import { ENGINES } from "./engines.ts";
import type { Product } from "./product.ts";
import { PRODUCTS } from "./products/index.ts";
import { PUBLIC_LISTS } from "./public-lists.ts";
import { TOOL_PRODUCTS } from "./tool-products.ts";
import { VECTOR_STORES } from "./vector-stores.ts";

const products: readonly Product[] = PRODUCTS;
const IDS = products.map(({ id }) => id);

test("engines: a new product that runs models is one, unless it is of no known make", () => {
  expect([...ENGINES].toSorted()).toEqual(
    (
      "aphrodite gpt4all jan koboldcpp llama-cpp lm-studio localai mlc-llm nim ollama powerinfer sglang tabbyapi " +
      "text-generation-webui tgi torchserve triton vllm xinference"
    ).split(" "),
  );
});

test("products that call tools", () => {
  expect([...TOOL_PRODUCTS].toSorted()).toEqual(["dify", "flowise", "langflow", "mcp", "n8n", "openclaw"]);
});

test("vector stores, and where they speak HTTP", () => {
  expect(VECTOR_STORES.toSorted((one, other) => one.port - other.port)).toEqual([
    { id: "qdrant", port: 6333 },
    { id: "chroma", port: 8000 },
    { id: "weaviate", port: 8080 },
    { id: "milvus", port: 9091 },
  ]);
});

test.for([
  ...ENGINES,
  ...PUBLIC_LISTS,
  ...Object.values(ACCOUNT_TELLS).flatMap((row) => [...row.products, ...row.untold]),
])("%s is a product of the table", (id) => {
  expect(IDS).toContain(id);
});

test.for(Object.values(ACCOUNT_TELLS).flatMap((row) => row.tells.map((tell) => [tell, row.products] as const)))(
  "%s is a settling sign of a product that tells of accounts",
  ([tell, concerned]) => {
    const settling = products
      .filter(({ id }) => concerned.some((one) => one === id))
      .flatMap(({ id, tells }) => tells.filter(({ certain }) => certain).map((one) => `${id}.${one.id}`));
    expect(settling).toContain(tell);
  },
);
