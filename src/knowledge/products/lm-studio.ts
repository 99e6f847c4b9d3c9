import { headerAt, listIn, modelNamed, objectAt, openAiModels, statusAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const EXPRESS = { "x-powered-by": "Express" };
const UNEXPECTED = "Unexpected endpoint or method. (GET /";
const NO_TOKEN = "An LM Studio API token is required";
const REFUSED = {
  error: {
    message: `${NO_TOKEN} to make requests to this server, but none was provided using the Authorization header using the 'Bearer' scheme.`,
    type: "invalid_request",
    param: null,
    code: "invalid_api_key",
  },
};
const LOADED = {
  id: "example-chat-7b-instruct",
  object: "model",
  type: "llm",
  publisher: "example",
  arch: "qwen2",
  compatibility_type: "gguf",
  quantization: "Q4_K_M",
  state: "loaded",
  max_context_length: 32_768,
};
const UNKNOWN_PATH = json({ error: `${UNEXPECTED}api/ps)` }, EXPRESS);

/** LM Studio answers every path that it does not know with 200 and an error in JSON, so a status tells nothing of it. */
export const LM_STUDIO = {
  id: "lm-studio",
  name: "LM Studio",
  kind: "inference",
  ports: [1234],
  routes: ["lm-studio-greeting", "lm-studio-models"],
  answersEveryPath: true,
  tells: [
    {
      id: "greeting",
      certain: true,
      holds: (evidence) => valueAt(objectAt(evidence, "lm-studio-greeting"), "lmstudio") === true,
      source: "AIG data/fingerprints/lm-studio.yaml; julius probes/lm-studio.yaml: /lmstudio-greeting",
      matches: [said("lm-studio-greeting", { lmstudio: true })],
      rejects: [said("lm-studio-greeting", { lmstudio: false }), said("lm-studio-greeting", { error: "lmstudio" })],
    },
    {
      id: "token",
      certain: true,
      holds: (evidence) =>
        statusAt(evidence, "v1-models") === 401 &&
        startsWith(valueAt(evidence.replies["v1-models"]?.json, "error", "message"), NO_TOKEN),
      source: "lmstudio.ai docs, developer/core/authentication; the words as users of 0.4 quote them",
      matches: [said("v1-models", REFUSED, { status: 401 })],
      rejects: [
        said("v1-models", { error: { message: "Incorrect API key provided" } }, { status: 401 }),
        said("v1-models", REFUSED),
      ],
    },
    {
      id: "models",
      certain: true,
      holds: (evidence) => ownList(evidence).some(isOwnEntry),
      source: "lmstudio.ai docs, developer/rest/endpoints, GET /api/v0/models",
      matches: [said("lm-studio-models", { object: "list", data: [LOADED] })],
      rejects: [
        said("lm-studio-models", { object: "list", data: [{ id: "example-chat", object: "model" }] }),
        said("lm-studio-models", { object: "list", data: [] }),
        said("v1-models", { object: "list", data: [LOADED] }),
      ],
    },
    {
      id: "unexpected-endpoint",
      certain: false,
      holds: (evidence) =>
        (["root", "version", "tags"] as const).some(
          (route) =>
            wordAt(objectAt(evidence, route), "error")?.startsWith(UNEXPECTED) === true &&
            headerAt(evidence, route, "x-powered-by") === "Express",
        ),
      source: "AIG data/fingerprints/lm-studio.yaml: the answer to an odd path",
      matches: [said("root", { error: `${UNEXPECTED})` }, { headers: EXPRESS })],
      rejects: [
        said("root", { error: `${UNEXPECTED})` }),
        said("root", { error: "Unexpected endpoint" }, { headers: EXPRESS }),
      ],
    },
    {
      id: "owner",
      certain: false,
      holds: ({ owners }) => owners?.includes("organization_owner") === true,
      source: "lmstudio.ai docs, developer/openai-compat, GET /v1/models",
      matches: [{ owners: ["organization_owner"] }],
      rejects: [{ owners: ["organization"] }, { owners: [] }],
    },
  ],
  facts,
  examples: [
    {
      name: "without a token",
      replies: {
        "lm-studio-greeting": json({ lmstudio: true }, EXPRESS),
        "lm-studio-models": json({ object: "list", data: [LOADED] }, EXPRESS),
        "v1-models": json(
          { data: [{ id: LOADED.id, object: "model", owned_by: "organization_owner" }], object: "list" },
          EXPRESS,
        ),
        root: json({ error: `${UNEXPECTED})` }, EXPRESS),
        version: json({ error: `${UNEXPECTED}api/version)` }, EXPRESS),
        tags: json({ error: `${UNEXPECTED}api/tags)` }, EXPRESS),
      },
      otherwise: UNKNOWN_PATH,
      told: { version: null, models: [LOADED.id], answer: "open" },
    },
    {
      name: "with a token",
      replies: {
        "lm-studio-greeting": json({ lmstudio: true }, EXPRESS),
        root: json({ error: `${UNEXPECTED})` }, EXPRESS),
        "v1-models": { status: 401, headers: { "content-type": "application/json", ...EXPRESS }, body: REFUSED },
        "lm-studio-models": { status: 401, headers: { "content-type": "application/json", ...EXPRESS }, body: REFUSED },
      },
      otherwise: UNKNOWN_PATH,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a server of Express that lists models in the OpenAI form",
      replies: {
        "v1-models": json({ object: "list", data: [{ id: "example-chat", object: "model", owned_by: "somebody" }] }),
        "lm-studio-greeting": json({ error: "unknown" }, EXPRESS),
      },
      otherwise: { status: 404, headers: EXPRESS, body: { error: "unknown" } },
      told: { version: null, models: ["example-chat"], answer: "open" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const own = ownList(evidence).filter(isOwnEntry).flatMap(ownEntry);
  const models = own.length > 0 ? own : openAiModels(evidence);
  if (statusAt(evidence, "v1-models") === 401) return { models: null, access: "login" };
  return { models, access: models === null ? null : "open" };
}

/** The refusal is longer than a word may be. */
function startsWith(text: unknown, beginning: string): boolean {
  return typeof text === "string" && text.startsWith(beginning);
}

function ownList(evidence: Evidence): readonly unknown[] {
  return listIn(objectAt(evidence, "lm-studio-models"), "data") ?? [];
}

/** Only LM Studio tells the architecture of a model beside its being loaded or not. */
function isOwnEntry(entry: unknown): boolean {
  const state = wordAt(entry, "state");
  return wordAt(entry, "arch") !== null && (state === "loaded" || state === "not-loaded");
}

function ownEntry(entry: unknown): readonly ReturnType<typeof modelNamed>[] {
  const name = wordAt(entry, "id");
  if (name === null) return [];
  const context = valueAt(entry, "max_context_length");
  return [
    modelNamed(name, {
      family: wordAt(entry, "arch"),
      format: wordAt(entry, "compatibility_type"),
      quantization_level: wordAt(entry, "quantization"),
      context_length: typeof context === "number" ? context : null,
    }),
  ];
}
