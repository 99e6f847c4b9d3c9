import { createHash } from "node:crypto";
import type { ModelEntry } from "../../model/observation.ts";
import { objectAt, openAiModels, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";
import { GO_NOT_FOUND, json, page, said } from "./example-reply.ts";

const SOURCE = "mudler/LocalAI@1096e733 core/http/endpoints/ollama/models.go";
const PREFIXED_DIGEST = /^sha256:[0-9a-f]{64}$/u;
const WELL_KNOWN = {
  version: "v3.1.0",
  endpoints: {
    models: "/v1/models",
    chat_completions: "/v1/chat/completions",
    completions: "/v1/completions",
    embeddings: "/v1/embeddings",
    instructions: "/api/instructions",
    swagger: "/swagger/index.html",
  },
  endpoint_groups: { openai_compatible: { models: "/v1/models" } },
};
const OWN_NAME = "example-chat";

/** LocalAI claims version 0.9.0 and gives each model the hash of its name as digest. */
export const LOCALAI = {
  id: "localai",
  name: "LocalAI",
  kind: "inference",
  ports: [8080],
  routes: ["localai-well-known", "v1-models"],
  tells: [
    {
      id: "digest-of-name",
      certain: true,
      holds: ({ models }) => models?.[0] !== undefined && models.every(bearsHashOfName),
      source: SOURCE,
      matches: [{ models: [exampleEntry({ digest: `sha256:${sha256(OWN_NAME)}` })] }],
      rejects: [
        { models: [] },
        { models: [exampleEntry({})] },
        { models: [exampleEntry({ digest: sha256(OWN_NAME) })] },
        { models: [exampleEntry({ digest: `sha256:${sha256("another")}` })] },
      ],
    },
    {
      id: "well-known",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "localai-well-known");
        return wordAt(told, "version") !== null && wordAt(told, "endpoints", "models") !== null;
      },
      source: "mudler/LocalAI core/http/routes/localai.go, agent discovery endpoint",
      matches: [said("localai-well-known", WELL_KNOWN)],
      rejects: [
        said("localai-well-known", { status: "OK" }),
        said("localai-well-known", { version: "1", path: "/.well-known/localai.json" }),
      ],
    },
    {
      id: "look",
      certain: false,
      holds: ({ root, models, version }) =>
        titleOf(root).startsWith("LocalAI") ||
        (version === "0.9.0" && models?.some((model) => PREFIXED_DIGEST.test(model.digest ?? "")) === true),
      source: SOURCE,
      matches: [
        { root: "<!DOCTYPE html><html><head><title>LocalAI - API</title>" },
        { version: "0.9.0", models: [exampleEntry({ digest: `sha256:${sha256("another")}` })] },
      ],
      rejects: [{ root: "<title>My page about LocalAI</title>" }, { version: "0.9.0", models: [exampleEntry({})] }],
    },
  ],
  facts: (evidence: Evidence) => {
    const models = openAiModels(evidence);
    const version = wordAt(objectAt(evidence, "localai-well-known"), "version");
    return { version, models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "without a key",
      replies: {
        root: page("LocalAI - API"),
        "localai-well-known": json(WELL_KNOWN),
        "v1-models": json({ object: "list", data: [{ id: "example-chat", object: "model" }] }),
      },
      otherwise: GO_NOT_FOUND,
      told: { version: "v3.1.0", models: ["example-chat"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "a blog about LocalAI",
      replies: { root: page("My page about LocalAI") },
      otherwise: GO_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function bearsHashOfName({ name, digest }: ModelEntry): boolean {
  if (digest === null || !PREFIXED_DIGEST.test(digest)) return false;
  const bare = name.endsWith(":latest") ? name.slice(0, -":latest".length) : name;
  return digest === `sha256:${sha256(bare)}` || digest === `sha256:${sha256(name)}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
