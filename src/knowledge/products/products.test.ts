import { describe, expect, test } from "vitest";
import { titleOf } from "../evidence.ts";
import { NO_EVIDENCE } from "../product.ts";
import type { Product } from "../product.ts";
import { READ_ONLY_ROUTES } from "../read-only-routes.ts";
import { PRODUCTS } from "./index.ts";

const products: readonly Product[] = PRODUCTS;
const tells = products.flatMap((product) => product.tells.map((tell) => ({ name: `${product.id}.${tell.id}`, tell })));

describe("every tell", () => {
  test.each(tells)("$name takes its matches and leaves its look-alikes", ({ tell }) => {
    for (const match of tell.matches) expect(tell.holds({ ...NO_EVIDENCE, ...match })).toBe(true);
    for (const reject of tell.rejects) expect(tell.holds({ ...NO_EVIDENCE, ...reject })).toBe(false);
    expect(tell.holds(NO_EVIDENCE)).toBe(false);
    expect(tell.source).not.toBe("");
  });
});

test("ids stay: they stand in lakes", () => {
  const ids =
    "anythingllm aphrodite bentoml chroma comfyui dify flowise gpt4all gradio jan koboldcpp langflow librechat litellm llama-cpp " +
    "lm-studio lobehub localai mcp milvus mlc-llm mlflow n8n nextchat nim ollama open-webui openai-compatible openclaw powerinfer " +
    "privategpt qdrant ragflow ray sd-webui sglang sillytavern tabbyapi text-generation-webui tgi torchserve triton vllm weaviate xinference";
  expect(products.map(({ id }) => id).toSorted()).toEqual(ids.split(" "));
});

test("names of tells are one each: they stand in lakes", () => {
  const names = tells.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("a product's routes may be asked", () => {
  const routes = products.flatMap((product) => product.routes);
  expect(Object.keys(READ_ONLY_ROUTES)).toEqual(expect.arrayContaining([...new Set(routes)]));
});

test.each([
  ["<html><title> Open WebUI </title>", "Open WebUI"],
  ['<title data-rh="true">Chat</title>', "Chat"],
  ["<title>cut off", "cut off"],
  ["<titles>none</titles>", ""],
  ["no title", ""],
  [null, ""],
])("the title of %j is %j", (page, title) => {
  expect(titleOf(page)).toBe(title);
});
