import type { Product } from "../product.ts";

/** llama.cpp's server sends an Ollama-like `/api/tags` whose sizes and digests are empty texts, and knows no `/api/version`. */
export const LLAMA_CPP = {
  id: "llama-cpp",
  name: "llama.cpp",
  ownRoute: "v1-models",
  tells: [
    {
      certain: true,
      holds: ({ owners }) => owners?.includes("llamacpp") === true,
      source: "ggml-org/llama.cpp tools/server, /v1/models",
      matches: [{ owners: ["llamacpp"] }],
      rejects: [{ owners: ["library"] }, { owners: ["llamacpp-fan"] }],
    },
  ],
} as const satisfies Product;
