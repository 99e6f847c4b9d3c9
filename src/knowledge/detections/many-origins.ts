import { all, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { PUT_GATEWAY } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { http, many, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Origins are tried one after the other. */
export const MANY_ORIGINS: Detection = {
  id: "many-origins",
  uuid: "9a31f0f6-d2f1-4552-b2fc-3c6a64262edf",
  title: "One address asked with several foreign origins",
  hypothesis:
    "A browser's page has one origin. One address that asks the API with four or more origins within ten minutes tries which of them OLLAMA_ORIGINS lets through, or is a browser in which several pages look for servers on the machine.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    request: {
      class: "http",
      where: all(
        starts("path", "/api/", "/v1/"),

        not(
          starts(
            "origin",
            "http://localhost",
            "http://127.0.0.1",
            "https://localhost",
            "app://",
            "file://",
            "tauri://",
            "vscode-webview://",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "distinct", of: "request", field: "origin", by: ["sourceIp"], atLeast: 4, withinSeconds: 600 },
  falsePositives: [
    "An office behind one address whose people use several pages.",
    "A developer who tries a page of their own under several names.",
  ],
  blindTo: ["Logs that do not tell Origin: Ollama's own and nginx's usual form; Caddy's and the gateway's do."],
  ids: { attack: ["T1595", "T1189"], attackBefore: [], atlas: ["AML.T0006"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show the origins: `jq -r '.request.headers.Origin[]?' ACCESS.LOG | sort | uniq -c | sort -rn | head`.",
      "Show which are allowed: `systemctl show ollama -p Environment | grep ORIGINS`.",
    ],
    contain: ["Name single origins in OLLAMA_ORIGINS, never `*`, and restart."],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("four in almost ten minutes", () => [
      many(4, 195, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, { origin: `https://a${index}.example`, product: "caddy" }),
      ),
    ]),
    story("four in a minute from outside", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, { origin: `https://a${index}.example`, product: "caddy" }),
      ),
    ]),
    story("four over IPv6", () => [
      many(4, 10, (second, index) =>
        http(second, "GET /api/tags", STRANGER_6, { origin: `https://a${index}.example`, product: "caddy" }),
      ),
    ]),
    story("four pages in the machine's own browser", () => [
      many(4, 60, (second, index) =>
        http(second, "GET /api/tags", "127.0.0.1", {
          origin: `https://a${index}.example`,
          product: "caddy",
          status: 403,
        }),
      ),
    ]),
    story("four, each twice", () => [
      many(8, 30, (second, index) =>
        http(second, "POST /v1/chat/completions", STRANGER, {
          origin: `https://a${index % 4}.example`,
          product: "corral-gateway",
        }),
      ),
    ]),
    story("the origin of sandboxed pages among them", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, {
          origin: ["null", "https://a.example", "http://b.example", "https://c.example"][index] ?? "null",
          product: "caddy",
        }),
      ),
    ]),
  ],
  silent: [
    story("three", () => [
      many(3, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, { origin: `https://a${index}.example` }),
      ),
    ]),
    story("one origin forty times", () => [
      many(40, 10, (second) => http(second, "OPTIONS /api/chat", STRANGER, { origin: "https://a.example" })),
    ]),
    story("four over more than ten minutes", () => [
      many(4, 201, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, { origin: `https://a${index}.example` }),
      ),
    ]),
    story("four addresses with one each", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", `203.0.113.${index + 1}`, { origin: `https://a${index}.example` }),
      ),
    ]),
    story("four ports of a developer's own pages", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", "127.0.0.1", { origin: `http://localhost:${3000 + index}` }),
      ),
    ]),
    story("four ports of the machine's own pages", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", "127.0.0.1", { origin: `http://127.0.0.1:${3000 + index}` }),
      ),
    ]),
    story("editors", () => [
      many(4, 10, (second, index) =>
        http(second, "POST /api/chat", "127.0.0.1", { origin: `vscode-webview://id${index}` }),
      ),
    ]),
    story("desktop programs", () => [
      many(4, 10, (second, index) => http(second, "POST /api/chat", "127.0.0.1", { origin: `app://program${index}` })),
    ]),
    story("no origin told", () => [many(10, 10, (second) => http(second, "POST /api/chat", STRANGER))]),
    story("four origins at a web site's own paths", () => [
      many(4, 10, (second, index) =>
        http(second, "GET /fonts/a.woff2", STRANGER, { origin: `https://a${index}.example` }),
      ),
    ]),
    story("one origin in two spellings", () => [
      many(4, 10, (second, index) =>
        http(second, "OPTIONS /api/chat", STRANGER, {
          origin: index % 2 === 0 ? "https://a.example" : "https://b.example",
        }),
      ),
    ]),
  ],
};
