import { isServedBy, listIn, modelNamed, objectAt, openAiModels, statusAt, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const LIST = {
  object: "list",
  data: [{ id: "example-chat-Q4_K_M.gguf", object: "model", created: 0, owned_by: "user" }],
};

/**
 * The API of the text generation web UI. Its owner `user` is what many small servers say, so its own route settles it; its page on
 * 7860 is a Gradio app like others.
 */
export const TEXT_GENERATION_WEBUI = {
  id: "text-generation-webui",
  name: "Text generation web UI",
  kind: "inference",
  ports: [5000, 7860],
  routes: ["webui-model-info"],
  tells: [
    {
      id: "model-info",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "webui-model-info");
        return wordAt(told, "model_name") !== null && listIn(told, "lora_names") !== null;
      },
      source: "oobabooga/text-generation-webui extensions/openai/models.py, get_current_model_info",
      matches: [said("webui-model-info", { model_name: "None", lora_names: [] })],
      rejects: [
        said("webui-model-info", { model_name: "example-chat" }),
        said("webui-model-info", { error: "Unexpected endpoint or method. (GET /v1/internal/model/info)" }),
        said("webui-model-info", { id: "example-chat", object: "model", parameters: {} }),
      ],
    },
    {
      id: "owner",
      certain: false,
      holds: ({ owners }) => owners?.includes("user") === true,
      source: "oobabooga/text-generation-webui extensions/openai/models.py, model_info_dict",
      matches: [{ owners: ["user"] }],
      rejects: [{ owners: ["users"] }, { owners: [] }],
    },
    {
      id: "empty-list",
      certain: false,
      holds: (evidence) => evidence.owners?.length === 0 && isServedBy(evidence, "uvicorn"),
      source: "oobabooga/text-generation-webui extensions/openai/models.py: the list of a server without a model",
      matches: [{ owners: [], ...said("v1-models", { object: "list", data: [] }, { headers: UVICORN }) }],
      rejects: [{ owners: [], ...said("v1-models", { object: "list", data: [] }) }],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).toLowerCase() === "text generation web ui",
      source: "oobabooga/text-generation-webui server.py, gr.Blocks title",
      matches: [said("root", "<title>Text Generation Web UI</title>")],
      rejects: [said("root", "<title>How to use the text generation web UI</title>")],
    },
  ],
  facts,
  examples: [
    {
      name: "without a key",
      replies: {
        "webui-model-info": json(
          { model_name: "example-chat-Q4_K_M.gguf", lora_names: [], loader: "llama.cpp" },
          UVICORN,
        ),
        "v1-models": json(LIST, UVICORN),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-Q4_K_M.gguf"], answer: "open" },
    },
    {
      name: "without a key and without a model",
      replies: {
        "webui-model-info": json({ model_name: "None", lora_names: [] }, UVICORN),
        "v1-models": json({ object: "list", data: [] }, UVICORN),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: [], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "a small server whose models belong to a user too",
      replies: { "v1-models": json(LIST, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-Q4_K_M.gguf"], answer: "open" },
    },
    {
      name: "a server that knows the path alone",
      replies: { "v1-models": json(LIST), "webui-model-info": json({ model_name: "example-chat" }) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-Q4_K_M.gguf"], answer: "open" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const loaded = wordAt(objectAt(evidence, "webui-model-info"), "model_name");
  const own = loaded === null ? null : loaded === "None" ? [] : [modelNamed(loaded)];
  const models = openAiModels(evidence) ?? own;
  if (statusAt(evidence, "v1-models") === 401) return { access: "login" };
  return { models, access: models === null ? null : "open" };
}
