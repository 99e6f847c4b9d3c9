import { headerAt, objectAt, openAiModels, statusAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const ROOT = { status: 307, headers: { location: "/ui/", ...UVICORN }, body: "" } as const;
const VERSION = {
  version: "1.7.1",
  "full-revisionid": "0123456789abcdef0123456789abcdef01234567",
  dirty: false,
  error: null,
  date: "2025-07-01T00:00:00+0800",
};
const REFUSED = {
  status: 401,
  headers: { "content-type": "application/json", "www-authenticate": "Bearer", ...UVICORN },
  body: { detail: "Not authenticated" },
} as const;

/** Xinference says openly, at `/v1/cluster/auth`, whether it asks for a login; at first it does not. */
export const XINFERENCE = {
  id: "xinference",
  name: "Xinference",
  kind: "inference",
  ports: [9997],
  routes: ["xinference-auth", "v1-models", "xinference-version"],
  tells: [
    {
      id: "cluster-auth",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "xinference-auth");
        return told !== null && Object.keys(told).length === 1 && typeof told["auth"] === "boolean";
      },
      source: "xorbitsai/inference xinference/api/routers/admin.py, is_cluster_authenticated",
      matches: [said("xinference-auth", { auth: false }), said("xinference-auth", { auth: true })],
      rejects: [
        said("xinference-auth", { auth: "none" }),
        said("xinference-auth", { auth: true, path: "/v1/cluster/auth" }),
      ],
    },
    {
      id: "owner",
      certain: true,
      holds: ({ owners }) => owners?.includes("xinference") === true,
      source: "xorbitsai/inference xinference/api/restful_api.py, list_models",
      matches: [{ owners: ["xinference"] }],
      rejects: [{ owners: ["xinference-fan"] }, { owners: [] }],
    },
    {
      id: "to-ui",
      certain: false,
      holds: (evidence) =>
        statusAt(evidence, "root") === 307 && /^\/ui\/?$/u.test(headerAt(evidence, "root", "location")),
      source: "xorbitsai/inference xinference/api/restful_api.py: / sends to /ui/",
      matches: [said("root", "", { status: 307, headers: { location: "/ui/" } })],
      rejects: [said("root", "", { status: 307, headers: { location: "/login" } }), said("root", "/ui/")],
    },
  ],
  facts,
  examples: [
    {
      name: "without a login",
      replies: {
        root: ROOT,
        "xinference-auth": json({ auth: false }, UVICORN),
        "xinference-version": json(VERSION, UVICORN),
        "v1-models": json(
          {
            object: "list",
            data: [
              {
                id: "example-chat",
                object: "model",
                created: 0,
                owned_by: "xinference",
                model_type: "LLM",
                model_name: "example-chat",
                model_format: "ggufv2",
                quantization: "Q4_K_M",
              },
            ],
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "1.7.1", models: ["example-chat"], answer: "open", signs: ["auth-disabled"] },
    },
    {
      name: "with a login",
      replies: {
        root: ROOT,
        "xinference-auth": json({ auth: true }, UVICORN),
        "xinference-version": REFUSED,
        "v1-models": REFUSED,
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another page below /ui/",
      replies: { root: ROOT },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const auth = valueAt(objectAt(evidence, "xinference-auth"), "auth");
  const models = openAiModels(evidence);
  const isOpen = auth === false || (auth === undefined && models !== null);
  return {
    version: wordAt(objectAt(evidence, "xinference-version"), "version"),
    models,
    access: auth === true ? "login" : isOpen ? "open" : null,
    signs: auth === false ? ["auth-disabled"] : [],
  };
}
