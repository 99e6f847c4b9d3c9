import { apiTitle, listIn, modelNamed, objectAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const TITLE = "TorchServe APIs";
const API = `{\n  "openapi": "3.0.1",\n  "info": {\n    "title": "${TITLE}",\n    "description": "A tool for serving models",\n    "version": "0.12.0"\n  },\n  "paths": {}\n}`;
const DESCRIPTION = { status: 200, headers: { "content-type": "application/json" }, body: API } as const;
const NOT_ALLOWED = {
  code: 405,
  type: "MethodNotAllowedException",
  message: "Requested method is not allowed, please refer to API document.",
};
const NO_TOKEN = {
  code: 400,
  type: "InvalidKeyException",
  message: "Token Authorization failed. Token either incorrect, expired, or not provided correctly",
};
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "application/json" },
  body: {
    code: 404,
    type: "ResourceNotFoundException",
    message: "Requested resource is not found, please refer to API document.",
  },
} as const;
const ROOT = { status: 405, headers: { "content-type": "application/json" }, body: NOT_ALLOWED } as const;

/**
 * TorchServe describes itself on its port for prompts and on that for management, unless it asks for tokens: then every path refuses.
 * The list of models is on the latter alone, and who reads it may load others.
 */
export const TORCHSERVE = {
  id: "torchserve",
  name: "TorchServe",
  kind: "platform",
  ports: [8080, 8081],
  routes: ["torchserve-api", "models"],
  tells: [
    {
      id: "api-title",
      certain: true,
      holds: (evidence) => apiTitle(evidence, "torchserve-api") === TITLE,
      source: "pytorch/serve frontend/server/src/test/resources/inference_open_api.json",
      matches: [said("torchserve-api", API)],
      rejects: [said("torchserve-api", API.replace(TITLE, "DJL Serving APIs")), said("openapi", API)],
    },
    {
      id: "no-token",
      certain: true,
      holds: (evidence) => isRefused(evidence),
      source:
        "pytorch/serve frontend/server/src/main/java/org/pytorch/serve/http/TokenAuthorizationHandler.java: every path refuses",
      matches: [said("models", NO_TOKEN, { status: 400 }), said("torchserve-api", NO_TOKEN, { status: 400 })],
      rejects: [
        said("models", { ...NO_TOKEN, message: "Token" }, { status: 400 }),
        said("models", NO_TOKEN.message, { status: 400 }),
      ],
    },
    {
      id: "refusal",
      certain: false,
      holds: (evidence) => {
        const refusal = evidence.replies.root?.json;
        return wordAt(refusal, "type") === NOT_ALLOWED.type && wordAt(refusal, "message") === NOT_ALLOWED.message;
      },
      source:
        "pytorch/serve frontend/server/src/main/java/org/pytorch/serve/http/ApiDescriptionRequestHandler.java: GET / is not allowed",
      matches: [said("root", NOT_ALLOWED, { status: 405 })],
      rejects: [
        said("root", "Method Not Allowed", { status: 405 }),
        said("root", { ...NOT_ALLOWED, message: "no" }, { status: 405 }),
      ],
    },
  ],
  facts,
  examples: [
    {
      name: "its port for prompts",
      replies: { root: ROOT, "torchserve-api": DESCRIPTION },
      otherwise: NOT_FOUND,
      told: { version: "0.12.0", models: null, answer: "open" },
    },
    {
      name: "its port for management",
      replies: {
        root: ROOT,
        "torchserve-api": DESCRIPTION,
        models: json({ models: [{ modelName: "example-resnet", modelUrl: "example-resnet.mar" }] }),
      },
      otherwise: NOT_FOUND,
      told: { version: "0.12.0", models: ["example-resnet"], answer: "open", signs: ["management-open"] },
    },
    {
      name: "either port, with tokens",
      replies: {},
      otherwise: { status: 400, headers: { "content-type": "application/json" }, body: NO_TOKEN },
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "DJL Serving, which grew from the same code",
      replies: {
        root: ROOT,
        "torchserve-api": { ...DESCRIPTION, body: API.replace(TITLE, "DJL Serving APIs") },
        models: json({ models: [{ modelName: "example", modelUrl: "example.zip" }] }),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

const API_VERSION = /"version":\s{0,4}"([0-9][0-9A-Za-z.+-]{0,40})"/u;
const BEGINNING = 1_024;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const description = evidence.replies["torchserve-api"]?.body?.slice(0, BEGINNING) ?? "";
  const version = API_VERSION.exec(description)?.[1] ?? null;
  if (isRefused(evidence)) return { version, access: "login" };
  const listed = listIn(objectAt(evidence, "models"), "models");
  // With tokens no path answers, its description neither.
  if (listed === null) return { version, access: apiTitle(evidence, "torchserve-api") === TITLE ? "open" : null };
  const models = listed.flatMap((entry) => {
    const name = wordAt(entry, "modelName");
    return name === null ? [] : [modelNamed(name)];
  });
  return { version, models, access: "open", signs: ["management-open"] };
}

function isRefused({ replies }: Evidence): boolean {
  return Object.values(replies).some(
    ({ json: refusal }) => wordAt(refusal, "type") === NO_TOKEN.type && wordAt(refusal, "message") === NO_TOKEN.message,
  );
}
