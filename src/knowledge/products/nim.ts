import { listIn, objectAt, openAiModels, statusAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const METADATA = {
  assetInfo: [],
  licenseInfo: { name: "LICENSE.txt", path: "/opt/nim/LICENSE", sha: "0123456789abcdef" },
  modelInfo: [{ modelUrl: "example/chat-8b", shortName: "chat-8b" }],
  repository_override: "",
  version: "1.8.4",
};

/** NVIDIA NIM runs vLLM and others inside, so it stands before them; its own `/v1/metadata` tells it. */
export const NIM = {
  id: "nim",
  name: "NVIDIA NIM",
  kind: "inference",
  ports: [8000],
  routes: ["v1-models", "nim-metadata"],
  tells: [
    {
      id: "metadata",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "nim-metadata");
        return listIn(told, "modelInfo") !== null && listIn(told, "assetInfo") !== null;
      },
      source: "docs.nvidia.com/nim API reference, GET /v1/metadata; julius probes/nvidia-nim.yaml",
      matches: [said("nim-metadata", METADATA)],
      rejects: [
        said("nim-metadata", { modelInfo: [], version: "1.0.0" }),
        said("nim-metadata", { model: "example", version: "1.0.0" }),
      ],
    },
    {
      id: "owner",
      certain: false,
      holds: ({ owners }) => owners?.includes("system") === true,
      source: "docs.nvidia.com/nim/large-language-models, GET /v1/models: an owner that others name too",
      matches: [{ owners: ["system"] }],
      rejects: [{ owners: ["operating system"] }, { owners: [] }],
    },
  ],
  facts: (evidence: Evidence) => {
    const version = wordAt(objectAt(evidence, "nim-metadata"), "version");
    if (statusAt(evidence, "v1-models") === 401) return { version, access: "login" };
    const models = openAiModels(evidence);
    return { version, models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "open",
      replies: {
        "nim-metadata": json(METADATA, UVICORN),
        "v1-models": json(
          {
            object: "list",
            data: [
              {
                id: "example/chat-8b",
                object: "model",
                created: 1_768_014_245,
                owned_by: "system",
                root: "example/chat-8b",
                parent: null,
                max_model_len: 131_072,
                permission: [],
              },
            ],
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "1.8.4", models: ["example/chat-8b"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "a service with other metadata at the same path",
      replies: { "nim-metadata": json({ modelInfo: [], version: "1.0.0" }, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
