import { openAiModels } from "../evidence.ts";
import type { Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };

/** MLC LLM owns its models by name; its server knows no key of its own. */
export const MLC_LLM = {
  id: "mlc-llm",
  name: "MLC LLM",
  kind: "inference",
  ports: [8000],
  routes: ["v1-models"],
  tells: [
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("MLC-LLM") === true,
      source: "mlc-ai/mlc-llm python/mlc_llm/protocol/openai_api_protocol.py, ModelResponse",
      matches: [{ owners: ["MLC-LLM"] }],
      rejects: [{ owners: ["mlc-ai"] }, { owners: [] }],
    },
  ],
  facts: (evidence) => {
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "open",
      replies: {
        "v1-models": json(
          {
            data: [{ id: "example-chat-q4f16_1-MLC", created: 1_768_014_245, object: "model", owned_by: "MLC-LLM" }],
            object: "list",
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-q4f16_1-MLC"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "another server with a model of that build",
      replies: {
        "v1-models": json({
          object: "list",
          data: [{ id: "example-chat-q4f16_1-MLC", object: "model", created: 1, owned_by: "somebody" }],
        }),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-q4f16_1-MLC"], answer: "open" },
    },
  ],
} as const satisfies Product;
