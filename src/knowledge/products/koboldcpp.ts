import { objectAt, openAiModels, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";
import { json, said } from "./example-reply.ts";

const QWEN_DIGEST = "b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb";
const FIXED_TIME = "2024-07-19T15:26:55.6122841+08:00";
const SOURCE = "LostRuins/koboldcpp koboldcpp.py, /api/tags and /api/version";
const PROTECTED = "koboldcpp/protected-model";
const NOT_FOUND = { status: 404, headers: { "content-type": "text/plain" }, body: "Error: Not Found" } as const;
const LIST = (id: string): object => ({
  object: "list",
  data: [{ id, object: "model", created: 1, owned_by: "koboldcpp", permission: [], root: "koboldcpp" }],
});
const TAGS = {
  models: [
    {
      name: "koboldcpp",
      model: "koboldcpp/example-chat:latest",
      modified_at: FIXED_TIME,
      size: 394_998_579,
      digest: QWEN_DIGEST,
      details: {
        parent_model: "",
        format: "gguf",
        family: "koboldcpp",
        families: ["koboldcpp"],
        parameter_size: "1B",
        quantization_level: "Q4_0",
      },
    },
  ],
};

/**
 * KoboldCpp lists one made-up entry: family `koboldcpp`, version 0.7.0. Its fixed digest is that of the real `qwen:0.5b`, so the
 * digest alone tells nothing.
 */
export const KOBOLDCPP = {
  id: "koboldcpp",
  name: "KoboldCpp",
  kind: "inference",
  ports: [5001],
  routes: ["koboldcpp-version", "koboldcpp-model", "tags"],
  tells: [
    {
      id: "extra-version",
      certain: true,
      holds: (evidence) => wordAt(objectAt(evidence, "koboldcpp-version"), "result") === "KoboldCpp",
      source: "LostRuins/koboldcpp koboldcpp.py, /api/extra/version",
      matches: [said("koboldcpp-version", { result: "KoboldCpp", version: "1.96" })],
      rejects: [said("koboldcpp-version", { result: "ok" }), said("v1-models", { result: "KoboldCpp" })],
    },
    {
      id: "family",
      certain: true,
      holds: ({ models }) => models?.some((model) => model.details?.family === "koboldcpp") === true,
      source: SOURCE,
      matches: [{ models: [exampleEntry({ name: "koboldcpp", details: { family: "koboldcpp" } })] }],
      rejects: [{ models: [exampleEntry({ name: "koboldcpp/qwen:0.5b", digest: QWEN_DIGEST })] }],
    },
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("koboldcpp") === true,
      source: "LostRuins/koboldcpp koboldcpp.py, /v1/models",
      matches: [{ owners: ["koboldcpp"] }],
      rejects: [{ owners: ["koboldcpp-fan"] }],
    },
    {
      id: "fixed-entry",
      certain: false,
      holds: ({ models }) =>
        models?.some((model) => model.digest === QWEN_DIGEST && model.modified_at === FIXED_TIME) === true,
      source: SOURCE,
      matches: [{ models: [exampleEntry({ digest: QWEN_DIGEST, modified_at: FIXED_TIME })] }],
      rejects: [{ models: [exampleEntry({ name: "qwen:0.5b", digest: QWEN_DIGEST })] }],
    },
  ],
  facts,
  examples: [
    {
      name: "with Ollama's paths",
      replies: {
        version: json({ version: "0.7.0" }),
        tags: json(TAGS),
        ps: json({ models: [] }),
        "koboldcpp-version": json({ result: "KoboldCpp", version: "1.96", protected: false }),
        "koboldcpp-model": json({ result: "koboldcpp/example-chat" }),
        "v1-models": json(LIST("koboldcpp/example-chat")),
      },
      otherwise: NOT_FOUND,
      told: { version: "1.96", models: ["koboldcpp"], answer: "open" },
    },
    {
      name: "older, protected by a password",
      replies: {
        "koboldcpp-version": json({ result: "KoboldCpp", version: "1.60", protected: true }),
        "koboldcpp-model": json({ result: PROTECTED }),
        "v1-models": json(LIST(PROTECTED)),
      },
      otherwise: NOT_FOUND,
      told: { version: "1.60", models: null, answer: "login" },
    },
  ],
  lookAlikes: [],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const own = objectAt(evidence, "koboldcpp-version");
  const listed = openAiModels(evidence);
  const isProtected =
    valueAt(own, "protected") === true ||
    wordAt(objectAt(evidence, "koboldcpp-model"), "result") === PROTECTED ||
    listed?.some(({ name }) => name === PROTECTED) === true;
  if (isProtected) return { version: wordAt(own, "version"), access: "login" };
  return { version: wordAt(own, "version"), models: listed, access: own === null && listed === null ? null : "open" };
}
