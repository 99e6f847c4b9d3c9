import { openAiModels, statusAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";
import { softwareName } from "./service-info.ts";

const UVICORN = { server: "uvicorn" };
const SERVICE = {
  version: 0.1,
  software: {
    name: "TabbyAPI",
    repository: "https://github.com/theroyallab/tabbyAPI",
    homepage: "https://github.com/theroyallab/tabbyAPI",
  },
  api: { openai: { name: "OpenAI API", relative_url: "/v1", version: 1 } },
};
const NO_KEY = "Please provide an API key";

/** TabbyAPI asks for a key unless told not to; for clients of KoboldCpp it can answer as KoboldCpp, so it stands before it. */
export const TABBYAPI = {
  id: "tabbyapi",
  name: "TabbyAPI",
  kind: "inference",
  ports: [5000],
  routes: ["service-info", "v1-models"],
  tells: [
    {
      id: "service-info",
      certain: true,
      holds: (evidence) => softwareName(evidence) === "TabbyAPI",
      source: "theroyallab/tabbyAPI endpoints/core/router.py, service_info",
      matches: [said("service-info", SERVICE)],
      rejects: [
        said("service-info", { ...SERVICE, software: { name: "KoboldCpp", version: "1.96" } }),
        said("service-info", { name: "TabbyAPI" }),
      ],
    },
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("tabbyAPI") === true,
      source: "theroyallab/tabbyAPI endpoints/core/types/model.py, ModelCard",
      matches: [{ owners: ["tabbyAPI"] }],
      rejects: [{ owners: ["tabby"] }, { owners: [] }],
    },
    {
      id: "no-key",
      certain: false,
      holds: (evidence) =>
        statusAt(evidence, "v1-models") === 401 && wordAt(evidence.replies["v1-models"]?.json, "detail") === NO_KEY,
      source: "theroyallab/tabbyAPI common/auth.py, check_api_key",
      matches: [said("v1-models", { detail: NO_KEY }, { status: 401 })],
      rejects: [
        said("v1-models", { detail: "Not authenticated" }, { status: 401 }),
        said("v1-models", { error: NO_KEY }, { status: 401 }),
      ],
    },
  ],
  facts: (evidence: Evidence) => {
    if (statusAt(evidence, "v1-models") === 401) return { access: "login" };
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "its keys turned off",
      replies: {
        "service-info": json(SERVICE, UVICORN),
        "koboldcpp-version": json({ result: "KoboldCpp", version: "1.74" }, UVICORN),
        "v1-models": json(
          {
            object: "list",
            data: [{ id: "example-chat-exl2", object: "model", created: 1_768_014_245, owned_by: "tabbyAPI" }],
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: ["example-chat-exl2"], answer: "open" },
    },
    {
      name: "with its keys",
      replies: {
        "service-info": json(SERVICE, UVICORN),
        "v1-models": {
          status: 401,
          headers: { "content-type": "application/json", ...UVICORN },
          body: { detail: NO_KEY },
        },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "KoboldCpp, which tells of itself at the same path",
      replies: {
        "service-info": json({ version: "0.2", software: { name: "KoboldCpp", version: "1.96" } }),
        "koboldcpp-version": json({ result: "KoboldCpp", version: "1.96", protected: false }),
      },
      otherwise: { status: 404, headers: { "content-type": "text/plain" }, body: "Error: Not Found" },
      told: { version: "1.96", models: null, answer: "open" },
    },
  ],
} as const satisfies Product;
