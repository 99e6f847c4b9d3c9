import { openAiModels } from "../evidence.ts";
import type { Product } from "../product.ts";
import { json } from "./example-reply.ts";

const PERMISSION = {
  id: "placeholder",
  object: "model_permission",
  created: 0,
  allow_create_engine: false,
  allow_view: true,
  organization: "*",
  group: null,
  is_blocking: false,
};

/** GPT4All's models belong to humanity; it knows no key. */
export const GPT4ALL = {
  id: "gpt4all",
  name: "GPT4All",
  kind: "inference",
  ports: [4891],
  routes: ["v1-models"],
  tells: [
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("humanity") === true,
      source: "nomic-ai/gpt4all gpt4all-chat/src/server.cpp, modelToJson",
      matches: [{ owners: ["humanity"] }],
      rejects: [{ owners: ["all of humanity"] }, { owners: [] }],
    },
  ],
  facts: (evidence) => {
    const models = openAiModels(evidence);
    return { models, access: models === null ? null : "open" };
  },
  examples: [
    {
      name: "open",
      replies: {
        "v1-models": json({
          data: [
            {
              created: 0,
              id: "Example Chat 8B",
              object: "model",
              owned_by: "humanity",
              parent: null,
              permissions: [PERMISSION],
              root: "Example Chat 8B",
            },
          ],
          object: "list",
        }),
      },
      otherwise: { status: 404, body: "" },
      told: { version: null, models: ["Example Chat 8B"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "an OpenAI form whose model is named after humanity",
      replies: {
        "v1-models": json({
          object: "list",
          data: [{ id: "humanity", object: "model", created: 1, owned_by: "somebody" }],
        }),
      },
      otherwise: { status: 404, body: "" },
      told: { version: null, models: ["humanity"], answer: "open" },
    },
  ],
} as const satisfies Product;
