import { isServedBy, openAiModels, statusAt, wordAt } from "../evidence.ts";
import type { Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const SERVER = { server: "llama.cpp" };
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "application/json; charset=utf-8", ...SERVER },
  body: { error: { code: 404, message: "File Not Found", type: "not_found_error" } },
} as const;

/**
 * llama.cpp's server sends an Ollama-like `/api/tags` whose sizes and digests are empty texts, and knows no `/api/version`. PowerInfer
 * bears the same Server field and has a `/model.json` besides.
 */
export const LLAMA_CPP = {
  id: "llama-cpp",
  name: "llama.cpp",
  kind: "inference",
  ports: [8080],
  routes: ["v1-models"],
  tells: [
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("llamacpp") === true,
      source: "ggml-org/llama.cpp tools/server, /v1/models",
      matches: [{ owners: ["llamacpp"] }],
      rejects: [{ owners: ["library"] }, { owners: ["llamacpp-fan"] }],
    },
    {
      id: "loading",
      certain: true,
      holds: (evidence) =>
        statusAt(evidence, "v1-models") === 503 &&
        wordAt(evidence.replies["v1-models"]?.json, "error", "message") === "Loading model",
      source: "ggml-org/llama.cpp tools/server/server-http.cpp",
      matches: [
        said(
          "v1-models",
          { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
          { status: 503 },
        ),
      ],
      rejects: [said("v1-models", "Service Unavailable", { status: 503 })],
    },
    {
      id: "server",
      certain: false,
      holds: (evidence) => isServedBy(evidence, "llama.cpp"),
      source: "ggml-org/llama.cpp tools/server/server-http.cpp",
      matches: [said("root", "<html></html>", { headers: SERVER })],
      rejects: [said("root", "<title>llama.cpp</title>")],
    },
  ],
  facts: (evidence) => {
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "with its page",
      replies: {
        root: {
          status: 200,
          headers: { "content-type": "text/html; charset=utf-8", ...SERVER },
          body: "<!doctype html><html><head><title>llama.cpp - chat</title></head><body></body></html>",
        },
        tags: json(
          {
            models: [
              {
                name: "example-chat.gguf",
                model: "example-chat.gguf",
                modified_at: "",
                size: "",
                digest: "",
                type: "model",
              },
            ],
            object: "list",
            data: [{ id: "example-chat.gguf", object: "model", created: 1_768_014_245, owned_by: "llamacpp" }],
          },
          SERVER,
        ),
        "v1-models": json(
          {
            models: [{ name: "example-chat.gguf", model: "example-chat.gguf", modified_at: "", size: "", digest: "" }],
            object: "list",
            data: [{ id: "example-chat.gguf", object: "model", created: 1_768_014_245, owned_by: "llamacpp" }],
          },
          SERVER,
        ),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: ["example-chat.gguf"], answer: "open" },
    },
    {
      name: "while its model loads",
      replies: {
        "v1-models": {
          status: 503,
          headers: { "content-type": "application/json; charset=utf-8", ...SERVER },
          body: { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
        },
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
  lookAlikes: [],
} as const satisfies Product;
