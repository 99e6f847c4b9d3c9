import { objectAt, titleOf, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, json, page, said } from "./example-reply.ts";

const CONFIG = (features: object, first: object = {}): object => ({
  ...first,
  status: true,
  name: "Open WebUI",
  version: "0.6.5",
  default_locale: "",
  oauth: { providers: {} },
  features: {
    auth: true,
    auth_trusted_header: false,
    enable_signup_password_confirmation: false,
    enable_ldap: false,
    enable_signup: false,
    enable_login_form: true,
    enable_websocket: true,
    ...features,
  },
});

/** Open WebUI passes Ollama's API on under `/ollama/` behind its own login, and answers `/api/version` itself. */
export const OPEN_WEBUI = {
  id: "open-webui",
  name: "Open WebUI",
  kind: "front-end",
  ports: [8080, 3000],
  routes: ["api-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "api-config");
        const isNamed = wordAt(told, "name") !== null && wordAt(told, "version") !== null;
        return isNamed && typeof valueAt(told, "features", "auth") === "boolean";
      },
      source: "open-webui/open-webui backend/open_webui/main.py, /api/config",
      matches: [said("api-config", { name: "Team chat", version: "0.6.5", features: { auth: true } })],
      rejects: [
        said("api-config", { appTitle: "LibreChat" }),
        said("api-config", { name: "Shop", version: "1.2.0", features: {} }),
        said("api-config", { features: { auth: false } }),
      ],
    },
    {
      id: "status",
      certain: true,
      holds: (evidence) => isStatus(evidence) && isBesideOllama(evidence),
      source: "open-webui/open-webui backend/open_webui/routers/ollama.py, GET /ollama/",
      matches: [
        { root: '{"status":true}', version: "0.5.1", models: [] },
        {
          root: '{"status": true}',
          version: "0.5.1",
          ...said("tags", { detail: "Not authenticated" }, { status: 401 }),
        },
      ],
      rejects: [
        { root: '{"status":true}' },
        { root: '{"status":true}', version: "0.5.1" },
        { root: '{"status":true,"version":"1"}', version: "0.5.1", models: [] },
        { root: "Ollama is running", version: "0.5.1", models: [] },
      ],
    },
    {
      id: "status-alone",
      certain: false,
      holds: isStatus,
      source: "the same; alone what any API may say at its root",
      matches: [{ root: '{"status":true}' }, { root: '{"status": true}' }],
      rejects: [{ root: '{"status":true,"version":"1"}' }, { root: "Ollama is running" }],
    },
    {
      id: "title",
      certain: false,
      holds: ({ root }) => titleOf(root).includes("Open WebUI"),
      source: "open-webui/open-webui src/app.html",
      matches: [{ root: "<html><head><title>Open WebUI</title>" }, { root: "<title>Team (Open WebUI)</title>" }],
      rejects: [{ root: "<title>Blog</title><p>Open WebUI" }],
    },
  ],
  facts,
  examples: [
    {
      name: "behind its login, strangers may sign up",
      replies: {
        root: page("Open WebUI"),
        version: json({ version: "0.6.5" }),
        "api-config": json(CONFIG({ enable_signup: true })),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.6.5", models: null, answer: "login", signs: ["open-signup"] },
    },
    {
      name: "login turned off",
      replies: {
        root: page("Open WebUI"),
        version: json({ version: "0.6.5" }),
        "api-config": json(CONFIG({ auth: false })),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.6.5", models: null, answer: "open", signs: ["auth-disabled"] },
    },
    {
      name: "nobody is administrator yet",
      replies: {
        root: page("Open WebUI"),
        version: json({ version: "0.6.5" }),
        "api-config": json(CONFIG({}, { onboarding: true })),
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "0.6.5", models: null, answer: "login", signs: ["no-admin"] },
    },
  ],
  lookAlikes: [
    {
      name: "a blog about Open WebUI",
      replies: { root: page("Blog", "Open WebUI") },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
    {
      name: "an API that says at its root that all is well",
      replies: { root: json({ status: true }) },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** What the path that passes Ollama on says of itself. */
function isStatus({ root }: Evidence): boolean {
  return root?.includes("{") === true && root.replaceAll(/\s/gu, "") === '{"status":true}';
}

/** Whether Ollama's own routes lie beside it, or its list behind the login of Open WebUI. */
function isBesideOllama({ version, models, replies }: Evidence): boolean {
  return version !== null && (models !== null || replies.tags?.status === 401 || replies.tags?.status === 403);
}

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const config = objectAt(evidence, "api-config");
  const auth = valueAt(config, "features", "auth");
  return {
    version: wordAt(config, "version"),
    access: auth === true ? "login" : auth === false ? "open" : null,
    signs: [
      ...(valueAt(config, "features", "enable_signup") === true ? (["open-signup"] as const) : []),
      ...(valueAt(config, "onboarding") === true ? (["no-admin"] as const) : []),
      ...(auth === false ? (["auth-disabled"] as const) : []),
    ],
  };
}
