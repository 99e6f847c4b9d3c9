import { objectAt, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, page, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const PACKAGE = /^Langflow(?: Base)?(?: Nightly)?$/u;
const VERSION = { version: "1.5.0", main_version: "1.5.0", package: "Langflow" };
const PAGE = page("Langflow");

/** Langflow names its package; whether it logs strangers in by itself only a route that logs in would tell, so it is not asked. */
export const LANGFLOW = {
  id: "langflow",
  name: "Langflow",
  kind: "workflow",
  ports: [7860],
  routes: ["api-v1-version"],
  tells: [
    {
      id: "package",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "api-v1-version");
        return PACKAGE.test(wordAt(told, "package") ?? "") && wordAt(told, "version") !== null;
      },
      source: "langflow-ai/langflow src/backend/base/langflow/utils/version.py, served at /api/v1/version",
      matches: [
        said("api-v1-version", VERSION),
        said("api-v1-version", { ...VERSION, package: "Langflow Base Nightly" }),
      ],
      rejects: [
        said("api-v1-version", { version: "3.0.5" }),
        said("api-v1-version", { ...VERSION, package: "My Langflow" }),
        said("api-v1-version", { package: "Langflow" }),
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === "Langflow",
      source: "langflow-ai/langflow src/frontend/index.html",
      matches: [said("root", "<html><head><title>Langflow</title>")],
      rejects: [said("root", "<html><head><title>A course on Langflow</title>")],
    },
  ],
  facts: (evidence: Evidence) => ({ version: wordAt(objectAt(evidence, "api-v1-version"), "version") }),
  examples: [
    {
      name: "any, with its page for every path that it does not know",
      replies: { root: PAGE, "api-v1-version": json(VERSION, UVICORN) },
      otherwise: PAGE,
      told: { version: "1.5.0", models: null, answer: "other" },
    },
  ],
  lookAlikes: [
    {
      name: "a service with a version at the same path",
      replies: { "api-v1-version": json({ version: "1.5.0", package: "langflow-proxy" }, UVICORN) },
      otherwise: page("A course on Langflow"),
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
