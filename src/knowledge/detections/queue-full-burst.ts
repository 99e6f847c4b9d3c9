import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { COLLEAGUE, gin, http, many, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Too many at once: friends or not. */
export const QUEUE_FULL_BURST: Detection = {
  id: "queue-full-burst",
  uuid: "36b1d8af-143f-4dfc-a400-35f5fe255bad",
  title: "The model server turned requests away because it was full",
  hypothesis:
    "When its queue is full the server answers 503. Ten within five minutes mean that somebody asks more than it can compute; whether strangers do is in the rows around.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { full: { class: "http", where: all(is("risk", "B"), is("status", 503)) } },
  correlation: { kind: "count", of: "full", by: ["observer"], atLeast: 10, withinSeconds: 300 },
  falsePositives: [
    "A busy day of one's own people, or a batch of one's own.",
    "A proxy that says 503 because the server is being restarted.",
  ],
  blindTo: ["Requests for one model wait without a limit and are not turned away."],
  ids: { attack: ["T1498", "T1499"], attackBefore: [], atlas: ["AML.T0029"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [SHOW_ACCESS, SHOW_PEERS],
    contain: ["Limit what waits: OLLAMA_MAX_QUEUE and OLLAMA_NUM_PARALLEL in the service's environment.", DROP_PEER],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("ten in a minute", () => [many(10, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 503 }))]),
    story("ten of one's own network", () => [
      many(10, 6, (second) => gin(second, "POST /api/embed", COLLEAGUE, { status: 503 })),
    ]),
    story("ten from different strangers", () => [
      many(10, 20, (second, index) =>
        gin(second, "POST /v1/chat/completions", `203.0.113.${index + 1}`, { status: 503 }),
      ),
    ]),
    story("ten at the proxy", () => [
      many(10, 6, (second) => http(second, "POST /v1/messages", STRANGER_6, { status: 503 })),
    ]),
    story("ten between answers", () => [
      many(20, 6, (second, index) =>
        gin(second, "POST /api/generate", STRANGER, { status: index % 2 === 0 ? 503 : 200 }),
      ),
    ]),
  ],
  silent: [
    story("nine", () => [many(9, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 503 }))]),
    story("ten over more than five minutes", () => [
      many(10, 34, (second) => gin(second, "POST /api/chat", STRANGER, { status: 503 })),
    ]),
    story("five at each of two servers", () => [
      many(10, 6, (second, index) =>
        gin(second, "POST /api/chat", STRANGER, { status: 503, observer: `gpu-${(index % 2) + 1}` }),
      ),
    ]),
    story("other errors", () => [many(20, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 500 }))]),
    story("a limit of the gateway", () => [
      many(20, 6, (second) => http(second, "POST /api/chat", STRANGER, { status: 429, product: "corral-gateway" })),
    ]),
    story("a web site that is full", () => [
      many(20, 6, (second) => http(second, "GET /shop", STRANGER, { status: 503 })),
    ]),
    story("lists while it starts", () => [
      many(20, 6, (second) => http(second, "GET /api/tags", STRANGER, { status: 503 })),
    ]),
    story("a first page while it starts", () => [
      many(20, 6, (second) => http(second, "GET /", STRANGER, { status: 503 })),
    ]),
    story("answers", () => [many(20, 6, (second) => gin(second, "POST /api/chat", STRANGER))]),
    story("askers who went away", () => [
      many(20, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 499 })),
    ]),
    story("a status that the row does not tell", () => [
      many(20, 6, (second) => http(second, "POST /api/chat", STRANGER, { status: null })),
    ]),
  ],
};
