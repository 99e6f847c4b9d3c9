import type { ModelDetails, ModelEntry } from "../../model/observation.ts";

/** A model entry for the examples in product rows: an ordinary one of Ollama, but for what the row changes. */
export function exampleEntry(
  changes: Partial<Omit<ModelEntry, "details">> & { readonly details?: Partial<ModelDetails> },
): ModelEntry {
  return {
    name: "example-chat:latest",
    model: "example-chat:latest",
    modified_at: "2026-01-10T03:04:05.123456789Z",
    size: 4_100_000_000,
    digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    capabilities: null,
    remote_model: null,
    remote_host: null,
    ...changes,
    details: {
      parent_model: "",
      format: "gguf",
      family: "qwen2",
      families: ["qwen2"],
      parameter_size: "7.6B",
      quantization_level: "Q4_K_M",
      context_length: null,
      embedding_length: null,
      ...changes.details,
    },
  };
}
