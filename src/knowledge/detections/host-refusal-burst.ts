import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { UPGRADE } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, many, story, STRANGER } from "./story.ts";

/** A page in a browser, or somebody who tries names. */
export const HOST_REFUSAL_BURST: Detection = {
  id: "host-refusal-burst",
  uuid: "77387fd5-6db4-42e2-aa19-93b949f2bf62",
  title: "The server refused many requests for their Host or Origin",
  hypothesis:
    "A server on loopback refuses requests whose Host or Origin is foreign (403, since 0.1.29). A page that rebinds its name to 127.0.0.1, or a peer behind a proxy who tries names, shows as a burst of these.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { refusal: { class: "http", where: all(is("product", "ollama"), is("status", 403)) } },
  correlation: { kind: "count", of: "refusal", by: ["observer"], atLeast: 20, withinSeconds: 300 },
  falsePositives: [
    "A proxy that forwards a foreign Host, set up a moment ago: every request is refused.",
    "A browser extension or page of one's own whose origin OLLAMA_ORIGINS does not name.",
  ],
  blindTo: ["A server beyond loopback, which checks no Host at all.", "Attempts below four a minute."],
  ids: { attack: ["T1190", "T1189"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show the rows: `journalctl -u ollama | grep -F '| 403 |' | tail -40`; loopback as the address means a program or page on this machine, or its proxy.",
      "Look into the browser's history of that minute for the page.",
    ],
    contain: ["Close the page; name no foreign origins: `systemctl show ollama -p Environment | grep ORIGINS`."],
    recover: [UPGRADE],
  },
  fires: [
    story("twenty in a minute from the machine's own browser", () => [
      many(20, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 403 })),
    ]),
    story("twenty over IPv6 loopback", () => [
      many(20, 3, (second) => gin(second, "GET /api/tags", "::1", { status: 403 })),
    ]),
    story("twenty from different addresses behind a proxy", () => [
      many(20, 10, (second, index) => gin(second, "GET /", `203.0.113.${index + 1}`, { status: 403 })),
    ]),
    story("a log that does not name its machine", () => [
      many(20, 3, (second) => gin(second, "OPTIONS /api/chat", "127.0.0.1", { status: 403, observer: null })),
    ]),
    story("between requests that were answered", () => [
      many(40, 5, (second, index) =>
        gin(second, "POST /api/chat", "127.0.0.1", { status: index % 2 === 0 ? 403 : 200 }),
      ),
    ]),
  ],
  silent: [
    story("nineteen", () => [many(19, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 403 }))]),
    story("twenty over more than five minutes", () => [
      many(20, 16, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 403 })),
    ]),
    story("ten at each of two servers", () => [
      many(20, 3, (second, index) =>
        gin(second, "POST /api/chat", "127.0.0.1", { status: 403, observer: index % 2 === 0 ? "gpu-1" : "gpu-2" }),
      ),
    ]),
    story("answered", () => [many(40, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1"))]),
    story("a model that is not there", () => [
      many(40, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 404 })),
    ]),
    story("a page that is not there", () => [
      many(40, 3, (second) => gin(second, "GET /favicon.ico", "127.0.0.1", { status: 404 })),
    ]),
    story("a browser's questions, allowed", () => [
      many(40, 3, (second) => gin(second, "OPTIONS /api/chat", "127.0.0.1", { status: 204 })),
    ]),
    story("a proxy's own refusals", () => [
      many(40, 3, (second) => http(second, "POST /api/chat", STRANGER, { status: 403 })),
    ]),
    story("a gateway's refusals", () => [
      many(40, 3, (second) => http(second, "POST /api/pull", STRANGER, { status: 403, product: "corral-gateway" })),
    ]),
    story("no sign-in", () => [many(40, 3, (second) => gin(second, "POST /api/me", "127.0.0.1", { status: 401 }))]),
    story("two bursts of ten, an hour apart", () => [
      many(10, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 403 })),
      many(10, 3, (second) => gin(second, "POST /api/chat", "127.0.0.1", { status: 403 }), 3_600),
    ]),
  ],
};
