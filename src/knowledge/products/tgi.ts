import { modelNamed, objectAt, openAiModels, statusAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const MODEL = "example/chat-7b";
const INFO = {
  model_id: MODEL,
  model_sha: "0123456789abcdef0123456789abcdef01234567",
  model_pipeline_tag: "text-generation",
  max_concurrent_requests: 128,
  max_best_of: 2,
  max_stop_sequences: 4,
  max_input_tokens: 4095,
  max_total_tokens: 4096,
  validation_workers: 2,
  max_client_batch_size: 4,
  router: "text-generation-router",
  version: "3.3.4",
  sha: "89abcdef0123456789abcdef0123456789abcdef",
  docker_label: "sha-89abcde",
};
const LIST = { object: "list", data: [{ id: MODEL, object: "model", created: 0, owned_by: MODEL }] };
const NOT_FOUND = { status: 404, body: "" } as const;

/**
 * Text Generation Inference names its router at `/info`, which stays open beside `/v1/models` even with a key: what a stranger may do
 * cannot be told. Its `/`, `/health` and `/ping` are the same health check.
 */
export const TGI = {
  id: "tgi",
  name: "Text Generation Inference",
  kind: "inference",
  ports: [3000, 80],
  routes: ["tgi-info"],
  tells: [
    {
      id: "router",
      certain: true,
      holds: (evidence) =>
        wordAt(objectAt(evidence, "tgi-info"), "router")?.startsWith("text-generation-router") === true,
      source: "huggingface/text-generation-inference router/src/lib.rs, struct Info",
      matches: [said("tgi-info", INFO), said("tgi-info", { ...INFO, router: "text-generation-router-v3" })],
      rejects: [
        said("tgi-info", { ...INFO, router: "text-embeddings-router" }),
        said("tgi-info", { router: "text-generation-router" }, { status: 404 }),
      ],
    },
    {
      id: "old-info",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "tgi-info");
        return ["model_id", "model_dtype", "model_device_type", "waiting_served_ratio", "max_best_of"].every(
          (key) => valueAt(told, key) !== undefined,
        );
      },
      source: "huggingface/text-generation-inference router/src/lib.rs, struct Info before 2.0: no router named",
      matches: [
        said("tgi-info", {
          model_id: MODEL,
          model_sha: null,
          model_dtype: "torch.float16",
          model_device_type: "cuda",
          max_best_of: 2,
          waiting_served_ratio: 1.2,
          version: "1.4.0",
        }),
      ],
      rejects: [said("tgi-info", { model_id: MODEL, version: "1.0" })],
    },
    {
      id: "bare-page",
      certain: false,
      holds: (evidence) => statusAt(evidence, "root") === 200 && evidence.replies.root?.body === "",
      source: "huggingface/text-generation-inference router/src/server.rs: / is the health check, an empty answer",
      matches: [said("root", "")],
      rejects: [said("root", "", { status: 204 }), said("root", "ok")],
    },
    {
      id: "owns-itself",
      certain: false,
      holds: (evidence) => {
        const first = firstModel(evidence);
        return wordAt(first, "id") !== null && wordAt(first, "id") === wordAt(first, "owned_by");
      },
      source:
        "huggingface/text-generation-inference router/src/server.rs, openai_get_model_info: the model owns itself",
      matches: [said("v1-models", LIST)],
      rejects: [
        said("v1-models", { object: "list", data: [{ id: MODEL, owned_by: "example" }] }),
        said("v1-models", { object: "list", data: [] }),
      ],
    },
  ],
  facts,
  examples: [
    {
      name: "with or without a key",
      replies: {
        root: { status: 200, body: "" },
        "tgi-info": json(INFO, { "access-control-allow-origin": "*" }),
        "v1-models": json(LIST, { "access-control-allow-origin": "*" }),
      },
      otherwise: NOT_FOUND,
      told: { version: "3.3.4", models: [MODEL], answer: "open" },
    },
    {
      name: "older, that lists no models",
      replies: {
        root: { status: 200, body: "" },
        "tgi-info": json({
          model_id: MODEL,
          model_sha: null,
          model_dtype: "torch.float16",
          model_device_type: "cuda",
          model_pipeline_tag: "text-generation",
          max_concurrent_requests: 128,
          max_best_of: 2,
          waiting_served_ratio: 1.2,
          version: "1.4.0",
          sha: null,
          docker_label: null,
        }),
      },
      otherwise: NOT_FOUND,
      told: { version: "1.4.0", models: [MODEL], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "Text Embeddings Inference",
      replies: {
        root: { status: 200, body: "" },
        "tgi-info": json({
          model_id: "example/embed",
          model_sha: null,
          model_dtype: "float16",
          model_type: { embedding: { pooling: "cls" } },
          max_concurrent_requests: 512,
          max_input_length: 512,
          version: "1.7.0",
        }),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const told = objectAt(evidence, "tgi-info");
  const name = wordAt(told, "model_id");
  const models = name === null ? openAiModels(evidence) : [modelNamed(name)];
  return { version: wordAt(told, "version"), models, access: statusAt(evidence, "tgi-info") === 401 ? "login" : null };
}

function firstModel(evidence: Evidence): unknown {
  const list = objectAt(evidence, "v1-models")?.["data"];
  return Array.isArray(list) ? (list as readonly unknown[])[0] : undefined;
}
