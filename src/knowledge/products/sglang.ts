import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";

/** SGLang greets and lists like Ollama, but knows no `/api/version` and sends `family` without `families`. */
export const SGLANG = {
  id: "sglang",
  name: "SGLang",
  ownRoute: "v1-models",
  tells: [
    {
      certain: true,
      holds: ({ owners }) => owners?.includes("sglang") === true,
      source: "sgl-project/sglang python/sglang/srt/entrypoints/http_server.py, /v1/models",
      matches: [{ owners: ["sglang"] }],
      rejects: [{ owners: ["library"] }, { owners: ["sglang-user"] }],
    },
    {
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
} as const satisfies Product;
