import { createHash } from "node:crypto";
import type { ModelEntry } from "../../model/observation.ts";
import { titleOf } from "../product.ts";
import type { Product } from "../product.ts";
import { exampleEntry } from "./example-entry.ts";

const SOURCE = "mudler/LocalAI@1096e733 core/http/endpoints/ollama/models.go";
const PREFIXED_DIGEST = /^sha256:[0-9a-f]{64}$/u;
const OWN_NAME = "example-chat";

/** LocalAI claims version 0.9.0 and gives each model the hash of its name as digest. */
export const LOCALAI = {
  id: "localai",
  name: "LocalAI",
  ownRoute: "localai-well-known",
  tells: [
    {
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
      certain: true,
      holds: ({ own }) => own?.route === "localai-well-known" && typeof own.body["version"] === "string",
      source: "mudler/LocalAI core/http/routes, /.well-known/localai.json",
      matches: [{ own: { route: "localai-well-known", body: { version: "v3.1.0" } } }],
      rejects: [{ own: { route: "localai-well-known", body: { status: "OK" } } }],
    },
    {
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
} as const satisfies Product;

function bearsHashOfName({ name, digest }: ModelEntry): boolean {
  if (digest === null || !PREFIXED_DIGEST.test(digest)) return false;
  const bare = name.endsWith(":latest") ? name.slice(0, -":latest".length) : name;
  return digest === `sha256:${sha256(bare)}` || digest === `sha256:${sha256(name)}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
