import { textAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { FASTAPI_NOT_FOUND, said } from "./example-reply.ts";

const UVICORN = { server: "uvicorn" };
const HTML = { "content-type": "text/html; charset=utf-8", ...UVICORN };
const CONFIG =
  '{"version":"5.34.2","api_prefix":"/gradio_api","mode":"blocks","app_id":1,"dev_mode":false,"components":[]}';
const LOGIN_CONFIG = '{"auth_required":true,"auth_message":null,"space_id":null,"root":""}';
const PAGE = (config: string): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<title>Example</title>\n<script>window.gradio_config = ${config};</script>\n</head>\n</html>\n`;
const NOT_IN = {
  status: 401,
  headers: { "content-type": "application/json", ...UVICORN },
  body: { detail: "Not authenticated" },
} as const;

const BEGINNING = 4_096;
/** The first keys of a configuration; its whole is longer than what is read. */
const OWN_CONFIG =
  /^\{"version":\s?"([0-9][0-9A-Za-z.+-]{0,31})",\s?(?:"api_prefix":\s?"[^"]{0,64}",\s?)?"mode":\s?"(?:blocks|interface|chat_interface|tabbed_interface)"/u;
const PAGE_CONFIG = "window.gradio_config = ";

/** Any app made with Gradio: a page over a model, most often. What it does is the app's own affair. */
export const GRADIO = {
  id: "gradio",
  name: "Gradio app",
  kind: "app",
  ports: [7860],
  routes: ["gradio-config"],
  tells: [
    {
      id: "config",
      certain: true,
      holds: (evidence) => OWN_CONFIG.test(textAt(evidence, "gradio-config")),
      source: "gradio-app/gradio gradio/routes.py, get_config; gradio/blocks.py, get_config_file",
      matches: [said("gradio-config", CONFIG), said("gradio-config", '{"version": "3.41.2", "mode": "blocks"}')],
      rejects: [
        said("gradio-config", { version: "5.34.2", mode: "dark" }),
        said("gradio-config", { mode: "blocks", version: "5.34.2" }),
        said("root", CONFIG),
      ],
    },
    {
      id: "page-config",
      certain: true,
      holds: (evidence) => {
        const config = pageConfig(evidence);
        return (
          OWN_CONFIG.test(config) ||
          config.startsWith('{"auth_required":true') ||
          config.startsWith('{"auth_required": true')
        );
      },
      source: "gradio-app/gradio gradio/templates/frontend/index.html; gradio/routes.py, main",
      matches: [said("root", PAGE(CONFIG)), said("root", PAGE(LOGIN_CONFIG))],
      rejects: [said("root", PAGE('{"theme":"dark"}')), said("root", "<p>window.gradio_config is a variable")],
    },
    {
      id: "element",
      certain: false,
      holds: ({ root }) => root?.includes("<gradio-app") === true || root?.includes("gradio_config") === true,
      source: "gradio-app/gradio gradio/templates/frontend/index.html",
      matches: [said("root", "<html><body><gradio-app control_page_title></gradio-app>"), said("root", PAGE("{}"))],
      rejects: [said("root", "<p>Made with Gradio")],
    },
  ],
  facts: (evidence: Evidence) => {
    const config = pageConfig(evidence);
    if (config.startsWith('{"auth_required"')) return { access: "login" };
    const version = OWN_CONFIG.exec(textAt(evidence, "gradio-config"))?.[1] ?? OWN_CONFIG.exec(config)?.[1] ?? null;
    return { version, access: version === null ? null : "open" };
  },
  examples: [
    {
      name: "without a login",
      replies: {
        root: { status: 200, headers: HTML, body: PAGE(CONFIG) },
        "gradio-config": { status: 200, headers: { "content-type": "application/json", ...UVICORN }, body: CONFIG },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: "5.34.2", models: null, answer: "open" },
    },
    {
      name: "behind its login page",
      replies: { root: { status: 200, headers: HTML, body: PAGE(LOGIN_CONFIG) }, "gradio-config": NOT_IN },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "login" },
    },
  ],
  lookAlikes: [
    {
      name: "a site that embeds an app of Gradio",
      replies: {
        root: {
          status: 200,
          headers: HTML,
          body: '<html><body><gradio-app src="https://app.example.net"></gradio-app></body></html>',
        },
        "gradio-config": { status: 200, headers: HTML, body: { version: "2.0", mode: "dark" } },
      },
      otherwise: FASTAPI_NOT_FOUND,
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

/** What the page is handed as its configuration, from there on. */
function pageConfig({ root }: Evidence): string {
  const at = root?.slice(0, BEGINNING).indexOf(PAGE_CONFIG) ?? -1;
  return at < 0 ? "" : (root?.slice(at + PAGE_CONFIG.length, BEGINNING + 256) ?? "");
}
