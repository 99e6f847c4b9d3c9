import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";

const QWEN_DIGEST = "b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb";
const FIXED_TIME = "2024-07-19T15:26:55.6122841+08:00";
const SOURCE = "LostRuins/koboldcpp koboldcpp.py, /api/tags and /api/version";

/**
 * KoboldCpp lists one made-up entry: family `koboldcpp`, version 0.7.0. Its fixed digest is that of the real `qwen:0.5b`, so the
 * digest alone tells nothing.
 */
export const KOBOLDCPP = {
  id: "koboldcpp",
  name: "KoboldCpp",
  ownRoute: "koboldcpp-version",
  tells: [
    {
      certain: true,
      holds: ({ own }) => own?.route === "koboldcpp-version" && own.body["result"] === "KoboldCpp",
      source: "LostRuins/koboldcpp koboldcpp.py, /api/extra/version",
      matches: [{ own: { route: "koboldcpp-version", body: { result: "KoboldCpp", version: "1.96" } } }],
      rejects: [
        { own: { route: "koboldcpp-version", body: { result: "ok" } } },
        { own: { route: "v1-models", body: { result: "KoboldCpp" } } },
      ],
    },
    {
      certain: true,
      holds: ({ models }) => models?.some((model) => model.details?.family === "koboldcpp") === true,
      source: SOURCE,
      matches: [{ models: [exampleEntry({ name: "koboldcpp", details: { family: "koboldcpp" } })] }],
      rejects: [{ models: [exampleEntry({ name: "koboldcpp/qwen:0.5b", digest: QWEN_DIGEST })] }],
    },
    {
      certain: false,
      holds: ({ models }) =>
        models?.some((model) => model.digest === QWEN_DIGEST && model.modified_at === FIXED_TIME) === true,
      source: SOURCE,
      matches: [{ models: [exampleEntry({ digest: QWEN_DIGEST, modified_at: FIXED_TIME })] }],
      rejects: [{ models: [exampleEntry({ name: "qwen:0.5b", digest: QWEN_DIGEST })] }],
    },
  ],
} as const satisfies Product;
