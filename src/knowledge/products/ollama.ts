import { OLLAMA_GREETING } from "../ollama-greeting.ts";
import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";
import { GO_NOT_FOUND, json } from "./example-reply.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const ENTRY = {
  name: "example-chat:latest",
  model: "example-chat:latest",
  modified_at: "2026-01-10T03:04:05.123456789Z",
  size: 4_100_000_000,
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  details: {
    parent_model: "",
    format: "gguf",
    family: "qwen2",
    families: ["qwen2"],
    parameter_size: "7.6B",
    quantization_level: "Q4_K_M",
  },
};

/** Ollama itself: greeting, or version and model list together. */
export const OLLAMA = {
  id: "ollama",
  name: "Ollama",
  kind: "inference",
  ports: [11_434],
  routes: [],
  tells: [
    {
      id: "greeting",
      certain: true,
      holds: ({ root }) => root === OLLAMA_GREETING,
      source: "ollama/ollama@fb307608 server/routes.go",
      matches: [{ root: OLLAMA_GREETING }],
      rejects: [{ root: "Why Ollama is running slowly" }, { root: "<p>Ollama is running</p>" }],
    },
    {
      id: "version-and-list",
      certain: true,
      holds: ({ version, models }) => version !== null && models !== null,
      source: "ollama/ollama@fb307608 api/types.go",
      matches: [
        { version: "0.5.1", models: [] },
        { version: "0.30.0", models: [exampleEntry({})] },
      ],
      rejects: [{ version: "0.6.5" }, { models: [exampleEntry({})] }],
    },
  ],
  facts: () => ({}),
  examples: [
    {
      name: "open",
      replies: {
        root: { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: OLLAMA_GREETING },
        version: json({ version: "0.12.0" }, JSON_TYPE),
        tags: json({ models: [ENTRY] }, JSON_TYPE),
        ps: json({ models: [] }, JSON_TYPE),
        "v1-models": json({
          object: "list",
          data: [{ id: "example-chat:latest", object: "model", created: 1_768_014_245, owned_by: "library" }],
        }),
      },
      otherwise: GO_NOT_FOUND,
      told: { version: "0.12.0", models: ["example-chat:latest"], answer: "open" },
    },
    {
      name: "with nothing on it",
      replies: {
        root: { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: OLLAMA_GREETING },
        version: json({ version: "0.30.0" }, JSON_TYPE),
        tags: json({ models: [] }, JSON_TYPE),
        ps: json({ models: [] }, JSON_TYPE),
        "v1-models": json({ object: "list", data: null }),
      },
      otherwise: GO_NOT_FOUND,
      told: { version: "0.30.0", models: [], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "a page about Ollama",
      replies: {
        root: {
          status: 200,
          headers: { "content-type": "text/html" },
          body: "<title>Ollama</title><p>Ollama is running</p>",
        },
      },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
