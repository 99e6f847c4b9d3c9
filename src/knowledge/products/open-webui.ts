import { titleOf } from "../product.ts";
import type { Product } from "../product.ts";

/** Open WebUI passes Ollama's API on under `/ollama/` behind its own login, and answers `/api/version` itself. */
export const OPEN_WEBUI = {
  id: "open-webui",
  name: "Open WebUI",
  ownRoute: "open-webui-config",
  tells: [
    {
      certain: true,
      holds: ({ own }) => own?.route === "open-webui-config" && typeof own.body["features"] === "object",
      source: "open-webui/open-webui backend/open_webui/main.py, /api/config",
      matches: [
        {
          own: { route: "open-webui-config", body: { name: "Team chat", version: "0.6.5", features: { auth: true } } },
        },
      ],
      rejects: [{ own: { route: "open-webui-config", body: { appTitle: "LibreChat" } } }],
    },
    {
      certain: true,
      holds: ({ root }) => root?.includes("{") === true && root.replaceAll(/\s/gu, "") === '{"status":true}',
      source: "open-webui/open-webui backend/open_webui/routers/ollama.py, GET /ollama/",
      matches: [{ root: '{"status":true}' }, { root: '{"status": true}' }],
      rejects: [{ root: '{"status":true,"version":"1"}' }, { root: "Ollama is running" }],
    },
    {
      certain: false,
      holds: ({ root }) => titleOf(root).includes("Open WebUI"),
      source: "open-webui/open-webui src/app.html",
      matches: [{ root: "<html><head><title>Open WebUI</title>" }, { root: "<title>Team (Open WebUI)</title>" }],
      rejects: [{ root: "<title>Blog</title><p>Open WebUI" }],
    },
  ],
} as const satisfies Product;
