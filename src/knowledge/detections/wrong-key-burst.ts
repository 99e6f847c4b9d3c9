import { all, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FROM_AFAR } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { DROP_PEER } from "./measures.ts";
import { COLLEAGUE, gin, http, many, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The door is there, and somebody tries it. */
export const WRONG_KEY_BURST: Detection = {
  id: "wrong-key-burst",
  uuid: "5aff48ed-b7d4-451c-a4a0-ca43c91caf93",
  title: "Somebody tried keys at the proxy or gateway",
  hypothesis:
    "Behind a login, whoever wants in tries keys, or keeps using one that was taken away. Twenty refusals to one peer within ten minutes are more than a mistyped key.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    refusal: {
      class: "http",
      where: all(FROM_AFAR, not(is("product", "ollama")), is("status", 401), starts("path", "/api/", "/v1/")),
    },
  },
  correlation: { kind: "count", of: "refusal", by: ["sourceIp"], atLeast: 20, withinSeconds: 600 },
  falsePositives: ["A program of one's own whose key ran out and that asks on and on."],
  blindTo: ["Tries spread over many addresses.", "Keys that are right: a stolen one shows by its use."],
  ids: { attack: ["T1133", "T1078"], attackBefore: [], atlas: ["AML.T0040"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show the rows of the peer: `grep -F ADDRESS ACCESS.LOG | grep ' 401 ' | tail -40`.",
      "Show keys and their last use: `corral gateway key list`.",
    ],
    contain: [DROP_PEER],
    recover: ["Exchange a key that may be known: `corral gateway key revoke ID`, then a new one."],
  },
  fires: [
    story("twenty from a link-local neighbour", () => [
      many(20, 6, (second) => http(second, "POST /api/chat", "fe80::66", { status: 401 })),
    ]),
    story("twenty in two minutes", () => [
      many(20, 6, (second) => http(second, "POST /v1/chat/completions", STRANGER, { status: 401 })),
    ]),
    story("twenty over IPv6 at the gateway", () => [
      many(20, 6, (second) =>
        http(second, "GET /api/tags", STRANGER_6, { status: 401, product: "corral-gateway", decision: "denied" }),
      ),
    ]),
    story("twenty in nine minutes", () => [
      many(20, 28, (second) => http(second, "POST /api/chat", STRANGER, { status: 401 })),
    ]),
    story("twenty from the network", () => [
      many(20, 6, (second) => http(second, "POST /api/chat", COLLEAGUE, { status: 401 })),
    ]),
    story("twenty, then one that was right", () => [
      many(20, 6, (second) => http(second, "POST /api/chat", STRANGER, { status: 401 })),
      http(130, "POST /api/chat", STRANGER),
    ]),
  ],
  silent: [
    ...ownPeers((address) => [many(20, 6, (second) => http(second, "POST /api/chat", address, { status: 401 }))]),
    story("nineteen", () => [many(19, 6, (second) => http(second, "POST /api/chat", STRANGER, { status: 401 }))]),
    story("twenty over more than ten minutes", () => [
      many(20, 32, (second) => http(second, "POST /api/chat", STRANGER, { status: 401 })),
    ]),
    story("twenty strangers once each", () => [
      many(20, 6, (second, index) => http(second, "POST /api/chat", `203.0.113.${index + 1}`, { status: 401 })),
    ]),
    story("Ollama's own refusals, which ask to sign in", () => [
      many(20, 6, (second) => gin(second, "POST /api/chat", STRANGER, { status: 401 })),
    ]),
    story("twenty at another application", () => [
      many(20, 6, (second) => http(second, "POST /login", STRANGER, { status: 401 })),
    ]),
    story("twenty for want of a right, the key known", () => [
      many(20, 6, (second) => http(second, "POST /api/pull", STRANGER, { status: 403 })),
    ]),
  ],
};
