import { all, is, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { DROP_PEER } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Somebody tries what a browser may do. */
export const PREFLIGHT_BURST: Detection = {
  id: "preflight-burst",
  uuid: "b72bf95f-c66a-4a11-9f1a-daff0187c4f0",
  title: "A stranger asked with OPTIONS again and again",
  hypothesis:
    "Browsers ask with OPTIONS before a page of another origin may use the API. A stranger who asks so again and again tries which origins are allowed, the step before a page that uses other people's servers.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    question: { class: "http", where: all(BY_STRANGER, is("method", "OPTIONS"), starts("path", "/api/", "/v1/")) },
  },
  correlation: { kind: "count", of: "question", by: ["sourceIp"], atLeast: 10, withinSeconds: 300 },
  falsePositives: [
    "A page of one's own that somebody uses from an address that nobody named: browsers ask before each new path.",
  ],
  blindTo: [
    "Attempts that carry an Origin without OPTIONS: see `many-origins`.",
    "Strangers behind a proxy that shows its own address.",
  ],
  ids: { attack: ["T1595"], attackBefore: [], atlas: ["AML.T0006"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Show the rows: `grep -h '\"OPTIONS ' ACCESS.LOG | tail -40`.",
      "Show which origins are allowed: `systemctl show ollama -p Environment | grep ORIGINS`.",
    ],
    contain: [DROP_PEER],
    recover: ["Name single origins in OLLAMA_ORIGINS, never `*`; let the proxy answer OPTIONS itself."],
  },
  fires: [
    story("ten in a minute", () => [
      many(10, 5, (second) => http(second, "OPTIONS /api/chat", STRANGER, { status: 204 })),
    ]),
    story("ten refused", () => [
      many(10, 5, (second) => http(second, "OPTIONS /v1/chat/completions", STRANGER, { status: 403 })),
    ]),
    story("ten over IPv6", () => [
      many(10, 5, (second) => http(second, "OPTIONS /api/chat", STRANGER_6, { status: 204 })),
    ]),
    story("ten in Ollama's own log", () => [
      many(10, 20, (second) => gin(second, "OPTIONS /api/tags", STRANGER, { status: 204 })),
    ]),
    story("ten of different paths and origins", () => [
      many(10, 5, (second, index) =>
        http(second, `OPTIONS /api/${["chat", "tags", "pull"][index % 3] ?? "ps"}`, STRANGER, {
          status: 204,
          origin: `https://a${index}.example`,
        }),
      ),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [
      many(10, 5, (second) => http(second, "OPTIONS /api/chat", address, { status: 204 })),
    ]),
    story("nine", () => [many(9, 5, (second) => http(second, "OPTIONS /api/chat", STRANGER, { status: 204 }))]),
    story("ten over more than five minutes", () => [
      many(10, 34, (second) => http(second, "OPTIONS /api/chat", STRANGER, { status: 204 })),
    ]),
    story("ten strangers once each", () => [
      many(10, 5, (second, index) => http(second, "OPTIONS /api/chat", `203.0.113.${index + 1}`, { status: 204 })),
    ]),
    story("ten of a web site", () => [
      many(10, 5, (second) => http(second, "OPTIONS /cart", STRANGER, { status: 204 })),
    ]),
    story("ten requests without the question", () => [
      many(10, 5, (second) => http(second, "POST /api/chat", STRANGER)),
    ]),
  ],
};
