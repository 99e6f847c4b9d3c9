import { listAt, modelNamed, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, page, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const CHECKPOINT = {
  title: "example-image.safetensors [0123456789]",
  model_name: "example-image",
  hash: "0123456789",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  filename: "models/Stable-diffusion/example-image.safetensors",
  config: null,
};

const TITLE = "Stable Diffusion";
const PAGE = `<title>${TITLE}</title>`;

/** The Stable Diffusion web UI with its API: KoboldCpp and Xinference offer the same paths, and stand before it. */
export const SD_WEBUI = {
  id: "sd-webui",
  name: "Stable Diffusion web UI",
  kind: "image",
  ports: [7860],
  routes: ["root", "sd-models"],
  tells: [
    {
      id: "models",
      certain: true,
      holds: (evidence) => {
        const list = listAt(evidence, "sd-models");
        return titleOf(evidence.root) === TITLE && list !== null && list.length > 0 && list.every(isCheckpoint);
      },
      source: "AUTOMATIC1111/stable-diffusion-webui modules/api/models.py, SDModelItem",
      matches: [{ ...said("sd-models", [CHECKPOINT]), root: PAGE }],
      rejects: [
        said("sd-models", [CHECKPOINT]),
        { ...said("sd-models", []), root: PAGE },
        { ...said("sd-models", [{ title: "a page" }]), root: PAGE },
      ],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root) === TITLE,
      source: "AUTOMATIC1111/stable-diffusion-webui modules/ui.py, gr.Blocks title: other apps bear it too",
      matches: [said("root", "<title>Stable Diffusion</title>")],
      rejects: [said("root", "<title>What is Stable Diffusion?</title>")],
    },
  ],
  facts: (evidence: Evidence) => {
    const models = listAt(evidence, "sd-models")?.flatMap((entry) => {
      const name = wordAt(entry, "model_name");
      return name === null ? [] : [modelNamed(name)];
    });
    return { models: models ?? null, access: models === undefined ? null : "open" };
  },
  examples: [
    {
      name: "with its API open",
      replies: { root: page("Stable Diffusion"), "sd-models": json([CHECKPOINT], UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-image"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "an app of the same title without that API",
      replies: { root: page("Stable Diffusion") },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "KoboldCpp, which draws too",
      replies: {
        "koboldcpp-version": json({ result: "KoboldCpp", version: "1.96", protected: false }),
        "v1-models": json({
          object: "list",
          data: [{ id: "koboldcpp/example-chat", object: "model", created: 1, owned_by: "koboldcpp" }],
        }),
        "sd-models": json([CHECKPOINT]),
      },
      otherwise: { status: 404, headers: { "content-type": "text/plain" }, body: "Error: Not Found" },
      told: { version: "1.96", models: null, answer: "open" },
    },
  ],
} as const satisfies Product;

function isCheckpoint(entry: unknown): boolean {
  return ["title", "model_name", "filename"].every((key) => wordAt(entry, key) !== null);
}
