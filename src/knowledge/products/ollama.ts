import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";

const GREETING = "Ollama is running";

/** Ollama itself: greeting, or version and model list together. */
export const OLLAMA = {
  id: "ollama",
  name: "Ollama",
  ownRoute: null,
  tells: [
    {
      certain: true,
      holds: ({ root }) => root === GREETING,
      source: "ollama/ollama@fb307608 server/routes.go",
      matches: [{ root: GREETING }],
      rejects: [{ root: "Why Ollama is running slowly" }, { root: "<p>Ollama is running</p>" }],
    },
    {
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
} as const satisfies Product;
