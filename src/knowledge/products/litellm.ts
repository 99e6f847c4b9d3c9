import { apiTitle, objectAt, openAiModels, statusAt, titleOf, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, page, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const NO_KEY = "Authentication Error, No api key passed in.";
const REFUSED = { error: { message: NO_KEY, type: "auth_error", param: "None", code: "401" } };
const READY = {
  status: "healthy",
  db: "Not connected",
  cache: null,
  litellm_version: "1.74.3",
  success_callbacks: [],
  use_aiohttp_transport: true,
};
const TITLE = "LiteLLM API";
const API = `{"openapi":"3.1.0","info":{"title":"${TITLE}","description":"A proxy server","version":"1.74.3"},"paths":{}}`;

/** LiteLLM passes prompts on to paid services; `/health/readiness` stays open with a key, `/health` would call every model. */
export const LITELLM = {
  id: "litellm",
  name: "LiteLLM",
  kind: "gateway",
  ports: [4000],
  routes: ["litellm-readiness", "v1-models"],
  tells: [
    {
      id: "readiness",
      certain: true,
      holds: (evidence) => wordAt(objectAt(evidence, "litellm-readiness"), "litellm_version") !== null,
      source: "BerriAI/litellm litellm/proxy/health_endpoints/_health_endpoints.py, health_readiness",
      matches: [said("litellm-readiness", READY)],
      rejects: [said("litellm-readiness", { status: "healthy", db: "connected" }), said("root", READY)],
    },
    {
      id: "no-key",
      certain: true,
      holds: (evidence) => {
        const refusal = evidence.replies["v1-models"]?.json;
        return (
          statusAt(evidence, "v1-models") === 401 &&
          wordAt(refusal, "error", "type") === "auth_error" &&
          wordAt(refusal, "error", "message")?.startsWith(NO_KEY) === true
        );
      },
      source: "BerriAI/litellm litellm/proxy/auth/user_api_key_auth.py",
      matches: [said("v1-models", REFUSED, { status: 401 })],
      rejects: [
        said("v1-models", { error: { message: NO_KEY } }, { status: 401 }),
        said("v1-models", { error: "Unauthorized" }, { status: 401 }),
      ],
    },
    {
      id: "api-title",
      certain: true,
      holds: (evidence) => apiTitle(evidence, "openapi") === TITLE,
      source: "BerriAI/litellm litellm/proxy/proxy_server.py, FastAPI title",
      matches: [said("openapi", API)],
      rejects: [said("openapi", API.replace(TITLE, "A LiteLLM API")), said("root", API)],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).startsWith(TITLE),
      source: "BerriAI/litellm litellm/proxy/proxy_server.py: Swagger page of the title at /",
      matches: [said("root", `<html><head><title>${TITLE} - Swagger UI</title>`)],
      rejects: [said("root", `<title>Blog</title>${TITLE}`)],
    },
  ],
  facts,
  examples: [
    {
      name: "without a key",
      replies: {
        root: page(`${TITLE} - Swagger UI`),
        "litellm-readiness": json(READY, UVICORN),
        openapi: { status: 200, headers: { "content-type": "application/json", ...UVICORN }, body: API },
        "v1-models": json(
          {
            data: [{ id: "example-chat", object: "model", created: 1_677_610_602, owned_by: "openai" }],
            object: "list",
          },
          UVICORN,
        ),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "1.74.3", models: ["example-chat"], answer: "open" },
    },
    {
      name: "with a key",
      replies: {
        root: page(`${TITLE} - Swagger UI`),
        "litellm-readiness": json(READY, UVICORN),
        openapi: { status: 200, headers: { "content-type": "application/json", ...UVICORN }, body: API },
        "v1-models": { status: 401, headers: { "content-type": "application/json", ...UVICORN }, body: REFUSED },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "1.74.3", models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a service with a readiness check of the same path",
      replies: { "litellm-readiness": json({ status: "healthy", db: "connected", version: "1.0.0" }, UVICORN) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const version = wordAt(objectAt(evidence, "litellm-readiness"), "litellm_version");
  if (statusAt(evidence, "v1-models") === 401) return { version, access: "login" };
  const models = openAiModels(evidence);
  return { version, models, access: models === null ? null : "open" };
}
