import { openAiModels } from "../evidence.ts";
import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";
import { FASTAPI_NOT_FOUND, json } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const FIXED_DIGEST = `sha256:sglang${"0".repeat(58)}`;
const LIST = {
  object: "list",
  data: [
    {
      id: "example/chat-8b",
      object: "model",
      created: 1_768_014_245,
      owned_by: "sglang",
      root: "example/chat-8b",
      parent: null,
      max_model_len: 40_960,
    },
  ],
};
const TAGS = {
  models: [
    {
      name: "example/chat-8b",
      model: "example/chat-8b",
      modified_at: "2026-01-10T03:04:05.123Z",
      size: 0,
      digest: FIXED_DIGEST,
      details: { format: "sglang", family: "chat-8b", parameter_size: "unknown" },
    },
  ],
};

/**
 * SGLang greets and lists like Ollama, but knows no `/api/version` and sends `family` without `families`. Its `/server_info` is not
 * asked: it shows the arguments the server was started with, a key among them.
 */
export const SGLANG = {
  id: "sglang",
  name: "SGLang",
  kind: "inference",
  ports: [30_000],
  routes: ["v1-models"],
  tells: [
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("sglang") === true,
      source: "sgl-project/sglang python/sglang/srt/entrypoints/http_server.py, /v1/models",
      matches: [{ owners: ["sglang"] }],
      rejects: [{ owners: ["library"] }, { owners: ["sglang-user"] }],
    },
    {
      id: "fixed-digest",
      certain: true,
      holds: ({ models }) => models?.some(({ digest }) => digest === FIXED_DIGEST) === true,
      source: "sgl-project/sglang python/sglang/srt/entrypoints/ollama/serving.py, get_tags",
      matches: [{ models: [exampleEntry({ digest: FIXED_DIGEST })] }],
      rejects: [{ models: [exampleEntry({})] }, { models: [exampleEntry({ name: "sglang" })] }],
    },
    {
      id: "no-families",
      certain: false,
      holds: ({ models, version }) =>
        version === null &&
        models?.some(({ details }) => details !== null && details.family !== null && details.families === null) ===
          true,
      source: "sgl-project/sglang python/sglang/srt/entrypoints/ollama/serving.py",
      matches: [{ models: [exampleEntry({ details: { families: null } })] }],
      rejects: [
        { models: [exampleEntry({})] },
        { version: "0.1.20", models: [exampleEntry({ details: { families: null } })] },
        { models: [{ ...exampleEntry({}), details: null }] },
      ],
    },
  ],
  facts: (evidence) => {
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "without a key",
      replies: { "v1-models": json(LIST, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example/chat-8b"], answer: "open" },
    },
    {
      name: "with Ollama's paths",
      replies: {
        tags: json(TAGS, UVICORN),
        "v1-models": json(LIST, UVICORN),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example/chat-8b"], answer: "open" },
    },
  ],
  lookAlikes: [],
} as const satisfies Product;
