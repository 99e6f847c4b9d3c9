import { apiTitle, headerAt, openAiModels, statusAt, titleOf } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { said } from "./example-reply.ts";

const TITLE = "Jan API Server Endpoints";
const CORS = { "access-control-allow-origin": "*", vary: "Origin" };
const API = `{\n  "openapi": "3.0.0",\n  "info": {\n    "title": "${TITLE}",\n    "description": "A REST API",\n    "version": "1.0"\n  }\n}`;
const DOCS = `\n<!DOCTYPE html>\n<html lang="en">\n<head>\n  <title>API Docs</title>\n</head>\n<body>\n  <div id="swagger-ui"></div>\n  <script>SwaggerUIBundle({ url: '/openapi.json' });</script>\n</body>\n</html>\n`;
const LIST = { data: [{ created: 1, id: "example/chat-4b", object: "model", owned_by: "user" }], object: "list" };
const ROOT = { status: 200, headers: { "content-type": "text/html", ...CORS }, body: DOCS } as const;
const OPENAPI = { status: 200, headers: { "content-type": "application/json" }, body: API } as const;

/** Jan describes itself at `/openapi.json`, key or not, in more bytes than are read: its beginning tells. */
export const JAN = {
  id: "jan",
  name: "Jan",
  kind: "inference",
  ports: [1337],
  routes: ["openapi", "v1-models"],
  tells: [
    {
      id: "api-title",
      certain: true,
      holds: (evidence) => apiTitle(evidence, "openapi") === TITLE,
      source: "janhq/jan src-tauri/static/openapi.json",
      matches: [said("openapi", API), said("openapi", { openapi: "3.0.0", info: { title: TITLE, version: "1.0" } })],
      rejects: [said("openapi", API.replace(TITLE, "FastAPI")), said("root", API)],
    },
    {
      id: "docs-page",
      certain: false,
      holds: ({ root }) => titleOf(root) === "API Docs" && root?.includes("url: '/openapi.json'") === true,
      source: "janhq/jan src-tauri/src/core/server/proxy.rs, GET /",
      matches: [said("root", DOCS)],
      rejects: [said("root", "<title>API Docs</title>"), said("root", DOCS.replace("API Docs", "Swagger UI"))],
    },
    {
      id: "owner",
      certain: false,
      holds: (evidence) =>
        evidence.owners?.includes("user") === true && headerAt(evidence, "v1-models", "vary") === "Origin",
      source: "janhq/jan src-tauri/src/core/server/proxy.rs, GET /models",
      matches: [{ owners: ["user"], ...said("v1-models", LIST, { headers: CORS }) }],
      rejects: [{ owners: ["user"], ...said("v1-models", LIST) }, { owners: ["user"] }],
    },
  ],
  facts,
  examples: [
    {
      name: "without a key",
      replies: {
        root: ROOT,
        openapi: OPENAPI,
        "v1-models": { status: 200, headers: { "content-type": "application/json", ...CORS }, body: LIST },
      },
      otherwise: { status: 404, headers: CORS, body: "Not Found" },
      told: { version: null, models: ["example/chat-4b"], answer: "open" },
    },
    {
      name: "with a key",
      replies: { root: ROOT, openapi: OPENAPI },
      otherwise: { status: 401, headers: CORS, body: "Missing authorization header" },
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "another server that shows its API with Swagger",
      replies: { root: ROOT, openapi: { ...OPENAPI, body: API.replace(TITLE, "Example API") } },
      otherwise: { status: 404, body: "Not Found" },
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  if (statusAt(evidence, "v1-models") === 401) return { access: "login" };
  const models = openAiModels(evidence);
  return { models, access: models === null ? null : "open" };
}
