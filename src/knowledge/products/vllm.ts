import { isServedBy, objectAt, openAiModels, statusAt, textAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const SOURCE = "vllm-project/vllm vllm/entrypoints/openai/protocol.py ModelCard";
const FASTAPI_404 = JSON.stringify({ detail: "Not Found" });
const UVICORN = { server: "uvicorn" };
const LIST = {
  object: "list",
  data: [
    {
      id: "example/chat-7b",
      object: "model",
      created: 1_768_014_245,
      owned_by: "vllm",
      root: "example/chat-7b",
      parent: null,
      max_model_len: 32_768,
      permission: [],
    },
  ],
};

const REFUSED_V1_ALONE: Partial<Evidence> = {
  replies: {
    ...said("root", { detail: "Not Found" }, { status: 404, headers: UVICORN }).replies,
    ...said("v1-models", { error: "Unauthorized" }, { status: 401, headers: UVICORN }).replies,
  },
};

/** vLLM is told by the owner it names in `/v1/models`, not by words on a page; `/version` stays open even with a key. */
export const VLLM = {
  id: "vllm",
  name: "vLLM",
  kind: "inference",
  ports: [8000],
  routes: ["v1-models", "plain-version"],
  tells: [
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("vllm") === true,
      source: SOURCE,
      matches: [{ owners: ["vllm"] }],
      rejects: [{ owners: ["library"] }, { owners: ["vllm-fan"] }, { owners: [] }],
    },
    {
      id: "unauthorized",
      certain: true,
      holds: (evidence) =>
        wordAt(evidence.replies["v1-models"]?.json, "error") === "Unauthorized" &&
        statusAt(evidence, "v1-models") === 401 &&
        isServedBy(evidence, "uvicorn") &&
        Object.values(evidence.replies).some(({ status }) => status === 200 || status === 404),
      source: "vllm-project/vllm vllm/entrypoints/serve/utils/server_utils.py: the key guards /v1 alone",
      matches: [REFUSED_V1_ALONE],
      rejects: [
        said("v1-models", { error: "Unauthorized" }, { status: 401, headers: UVICORN }),
        said("v1-models", { error: "Unauthorized" }, { status: 401, headers: { server: "nginx" } }),
        said("v1-models", { detail: "Unauthorized" }, { status: 401, headers: UVICORN }),
      ],
    },
    {
      id: "uvicorn",
      certain: false,
      holds: (evidence) => isServedBy(evidence, "uvicorn") && textAt(evidence, "root", 404) === FASTAPI_404,
      source: "vllm-project/vllm vllm/entrypoints/launcher.py: uvicorn with FastAPI and no page at /",
      matches: [said("root", { detail: "Not Found" }, { status: 404, headers: UVICORN })],
      rejects: [said("root", { detail: "Not Found" }, { status: 404, headers: { server: "nginx" } })],
    },
  ],
  facts,
  examples: [
    {
      name: "without a key",
      replies: { "v1-models": json(LIST, UVICORN), "plain-version": json({ version: "0.10.2" }, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.10.2", models: ["example/chat-7b"], answer: "open" },
    },
    {
      name: "with a key",
      replies: {
        "v1-models": {
          status: 401,
          headers: { "content-type": "application/json", ...UVICORN },
          body: { error: "Unauthorized" },
        },
        "plain-version": json({ version: "0.10.2" }, UVICORN),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "SGLang with a key, which refuses every path in these words",
      replies: {},
      otherwise: {
        status: 401,
        headers: { "content-type": "application/json", ...UVICORN },
        body: { error: "Unauthorized" },
      },
      told: { version: null, models: null, answer: "login" },
    },
    {
      name: "an OpenAI form that only speaks of vLLM",
      replies: {
        "v1-models": json({
          object: "list",
          data: [{ id: "vllm", object: "model", created: 1, owned_by: "somebody" }],
        }),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["vllm"], answer: "open" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const models = openAiModels(evidence);
  return {
    version: wordAt(objectAt(evidence, "plain-version"), "version"),
    models,
    access: models === null ? null : "open",
  };
}
