import { isServedBy, openAiModels, statusAt, textAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";
import { softwareName, softwareVersion } from "./service-info.ts";

const FASTAPI_404 = JSON.stringify({ detail: "Not Found" });
const UVICORN = { server: "uvicorn" };
const SERVICE = {
  version: 0.2,
  software: {
    name: "Aphrodite Engine",
    version: "0.6.7",
    repository: "https://github.com/PygmalionAI/aphrodite-engine",
    homepage: "https://aphrodite.pygmalion.chat",
  },
  api: { openai: { name: "OpenAI API", rel_url: "/v1", version: 1 } },
};

/** Aphrodite grew from vLLM and refuses in the same words, so it stands before it. */
export const APHRODITE = {
  id: "aphrodite",
  name: "Aphrodite Engine",
  kind: "inference",
  ports: [2242],
  routes: ["service-info", "v1-models"],
  tells: [
    {
      id: "service-info",
      certain: true,
      holds: (evidence) => softwareName(evidence) === "Aphrodite Engine",
      source: "aphrodite-engine/aphrodite-engine aphrodite/endpoints/openai/api_server.py, serviceinfo",
      matches: [said("service-info", SERVICE)],
      rejects: [
        said("service-info", { ...SERVICE, software: { name: "vLLM", version: "0.6.3" } }),
        said("service-info", { software: "Aphrodite Engine" }),
      ],
    },
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("pygmalionai") === true,
      source: "aphrodite-engine/aphrodite-engine aphrodite/endpoints/openai/protocol.py, ModelCard",
      matches: [{ owners: ["pygmalionai"] }],
      rejects: [{ owners: ["pygmalion"] }, { owners: [] }],
    },
    {
      id: "uvicorn",
      certain: false,
      holds: (evidence) => isServedBy(evidence, "uvicorn") && textAt(evidence, "root", 404) === FASTAPI_404,
      source:
        "aphrodite-engine/aphrodite-engine aphrodite/endpoints/openai/api_server.py: with a key only this tells it from vLLM",
      matches: [said("root", { detail: "Not Found" }, { status: 404, headers: UVICORN })],
      rejects: [said("root", { detail: "Not Found" }, { status: 404, headers: { server: "nginx" } })],
    },
  ],
  facts: (evidence: Evidence) => {
    const version = softwareVersion(evidence);
    if (statusAt(evidence, "v1-models") === 401) return { version, access: "login" };
    const models = openAiModels(evidence);
    return { version, models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "without a key",
      replies: {
        "service-info": json(SERVICE, UVICORN),
        "plain-version": json({ version: "0.6.7" }, UVICORN),
        "v1-models": json(
          {
            object: "list",
            data: [
              {
                id: "example/chat-8b",
                object: "model",
                created: 1_768_014_245,
                owned_by: "pygmalionai",
                root: "example/chat-8b",
                parent: null,
                max_model_len: 8192,
                permission: [],
              },
            ],
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.6.7", models: ["example/chat-8b"], answer: "open" },
    },
    {
      name: "with a key",
      replies: {
        "service-info": json(SERVICE, UVICORN),
        "plain-version": json({ version: "0.6.7" }, UVICORN),
        "v1-models": {
          status: 401,
          headers: { "content-type": "application/json", ...UVICORN },
          body: { error: "Unauthorized" },
        },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.6.7", models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another server that tells of itself at the same path",
      replies: {
        "service-info": json({ version: 0.2, software: { name: "Example Engine", version: "1.0" } }, UVICORN),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;
