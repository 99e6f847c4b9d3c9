import { listIn, objectAt, openAiModels, wordAt } from "../evidence.ts";
import { OLLAMA_GREETING } from "../ollama-greeting.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, GO_NOT_FOUND, json, said } from "./example-reply.ts";

const SOURCE = "platform.openai.com API reference, list models; julius probes/openai-compatible.yaml";
/** Owners that name another product; `library` is Ollama's. */
const OTHERS: ReadonlySet<string> = new Set([
  "library",
  "koboldcpp",
  "llamacpp",
  "vllm",
  "sglang",
  "xinference",
  "tabbyAPI",
  "pygmalionai",
  "humanity",
  "MLC-LLM",
  "organization_owner",
]);
const LIST = {
  object: "list",
  data: [{ id: "example-chat", object: "model", created: 1_768_014_245, owned_by: "example" }],
};

/** A server that lists models in the form of OpenAI and gives no sign of what it is; the last of all products. */
export const OPENAI_COMPATIBLE = {
  id: "openai-compatible",
  name: "OpenAI-compatible server",
  kind: "inference",
  ports: [],
  routes: ["v1-models"],
  tells: [
    {
      id: "list",
      certain: true,
      holds: (evidence) => isPlainList(evidence),
      source: SOURCE,
      matches: [
        { owners: ["example"], ...said("v1-models", LIST) },
        { owners: [""], ...said("v1-models", { object: "list", data: [{ id: "example-chat", object: "model" }] }) },
      ],
      rejects: [
        said("v1-models", { object: "list", data: null }),
        said("v1-models", { object: "list", data: [] }),
        said("v1-models", { data: LIST.data }),
        said("v1-models", { object: "list", data: [{ title: "example" }] }),
        said("v1-models", LIST, { status: 401 }),
        { ...said("v1-models", LIST), owners: ["example", "vllm"] },
        { ...said("v1-models", LIST), owners: ["library"] },
        { ...said("v1-models", LIST), models: [] },
        { ...said("v1-models", LIST), root: OLLAMA_GREETING },
      ],
    },
  ],
  facts: (evidence) => {
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "a list of models and no more",
      replies: { "v1-models": json(LIST) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat"], answer: "open" },
    },
    {
      name: "whose models have no owner",
      replies: { "v1-models": json({ object: "list", data: [{ id: "example-chat", object: "model" }] }) },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: ["example-chat"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "Ollama behind a proxy that lets this path through alone",
      replies: {
        "v1-models": json({
          object: "list",
          data: [{ id: "example-chat:latest", object: "model", created: 1_768_014_245, owned_by: "library" }],
        }),
      },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "a service that lists something else",
      replies: { "v1-models": json({ object: "list", data: [{ id: 1, name: "example car" }] }) },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function isPlainList(evidence: Evidence): boolean {
  if (evidence.models !== null || evidence.root === OLLAMA_GREETING) return false;
  const told = objectAt(evidence, "v1-models");
  const list = listIn(told, "data");
  if (wordAt(told, "object") !== "list" || list === null || list.length === 0) return false;
  if (evidence.owners?.some((owner) => OTHERS.has(owner)) === true) return false;
  return list.every((entry) => wordAt(entry, "id") !== null && wordAt(entry, "object") === "model");
}
