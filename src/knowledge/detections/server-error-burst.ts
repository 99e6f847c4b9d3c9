import { above, all, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { TO_API } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, CHECK_MODELS, DROP_PEER, SHOW_ACCESS, UPGRADE } from "./measures.ts";
import { COLLEAGUE, gin, http, many, story, STRANGER, STRANGER_6 } from "./story.ts";

/** A runner that crashes, or is made to. */
export const SERVER_ERROR_BURST: Detection = {
  id: "server-error-burst",
  uuid: "c7944271-1dfb-4ebd-8830-4dc7d81668ff",
  title: "The model server failed again and again",
  hypothesis:
    "Crafted images and model files crash the runner; each request then ends with 500, and behind a proxy with 502 or 504. Twenty such within five minutes at one server are more than a bad day.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { error: { class: "http", where: all(TO_API, above("status", 499), not(is("status", 503))) } },
  correlation: { kind: "count", of: "error", by: ["observer"], atLeast: 20, withinSeconds: 300 },
  falsePositives: [
    "A model that does not fit into the memory, asked for again and again by a program.",
    "A restart behind a proxy, whose clients ask on.",
  ],
  blindTo: [
    "Errors in the middle of a stream, which stand under status 200.",
    "A server that is down and logs nothing.",
  ],
  ids: { attack: ["T1499"], attackBefore: [], atlas: ["AML.T0029"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show what failed: `journalctl -u ollama --since TIME | grep -iE 'level=ERROR|panic|signal|exit status' | tail -40`.",
      SHOW_ACCESS,
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [UPGRADE, CHECK_MODELS],
  },
  fires: [
    story("twenty in two minutes", () => [
      many(20, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 500 })),
    ]),
    story("twenty of the machine's own", () => [
      many(20, 6, (second) => gin(second, "POST /api/generate", "127.0.0.1", { status: 500 })),
    ]),
    story("twenty at the proxy, the server gone", () => [
      many(20, 10, (second) => http(second, "POST /v1/chat/completions", COLLEAGUE, { status: 502 })),
    ]),
    story("twenty from different addresses", () => [
      many(20, 6, (second, index) => http(second, "POST /api/chat", `203.0.113.${index + 1}`, { status: 504 })),
    ]),
    story("a log that does not name its machine", () => [
      many(20, 6, (second) => gin(second, "POST /api/create", STRANGER_6, { status: 500, observer: null })),
    ]),
  ],
  silent: [
    story("nineteen", () => [many(19, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 500 }))]),
    story("twenty over more than five minutes", () => [
      many(20, 16, (second) => gin(second, "POST /api/chat", STRANGER, { status: 500 })),
    ]),
    story("ten at each of two servers", () => [
      many(20, 6, (second, index) =>
        gin(second, "POST /api/chat", STRANGER, { status: 500, observer: `gpu-${(index % 2) + 1}` }),
      ),
    ]),
    story("a full queue, which has its own detection", () => [
      many(40, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 503 })),
    ]),
    story("askers who went away", () => [
      many(40, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 499 })),
    ]),
    story("models that are not there", () => [
      many(40, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 404 })),
    ]),
    story("bad requests", () => [many(40, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 400 }))]),
    story("answers", () => [many(40, 6, (second) => gin(second, "POST /api/chat", STRANGER))]),
    story("errors of a web site in the same proxy", () => [
      many(40, 6, (second) => http(second, "GET /shop", STRANGER, { status: 500 })),
    ]),
    story("errors of a web site's first page", () => [
      many(40, 6, (second) => http(second, "GET /", STRANGER, { status: 502 })),
    ]),
    story("no status told", () => [
      many(40, 6, (second) => http(second, "POST /api/chat", STRANGER, { status: null })),
    ]),
  ],
};
