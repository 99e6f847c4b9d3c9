import { above, all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Few requests, all of the machine. */
export const SLOW_INFERENCE_BURST: Detection = {
  id: "slow-inference-burst",
  uuid: "1fe35f6f-99c0-4c77-a6f8-0ae22a6d4a5f",
  title: "A stranger keeps the server computing with long requests",
  hypothesis:
    "A stranger needs few requests to hold a server: each computes for more than a minute. Ten of them within ten minutes leave nothing for others. It is load, not a sign of what was asked.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { slow: { class: "http", where: all(BY_STRANGER, is("risk", "B"), above("durationMs", 60_000)) } },
  correlation: { kind: "count", of: "slow", by: ["sourceIp"], atLeast: 10, withinSeconds: 600 },
  falsePositives: [
    "A slow machine, on which every answer takes more than a minute, and a client of one's own that nobody named.",
    "Models that are loaded anew for each request.",
  ],
  blindTo: [
    "Logs without duration: nginx's usual form.",
    "Load by many strangers, each below the line: see `many-strangers`.",
  ],
  ids: { attack: ["T1499", "T1496"], attackBefore: [], atlas: ["AML.T0029", "AML.T0034"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [SHOW_ACCESS, "Show what is loaded and how long: `ollama ps`, `nvidia-smi`."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("ten at once", () => [
      many(10, 5, (second) => gin(second, "POST /api/generate", STRANGER, { durationMs: 134_000 })),
    ]),
    story("ten over IPv6", () => [
      many(10, 30, (second) => gin(second, "POST /api/chat", STRANGER_6, { durationMs: 61_000 })),
    ]),
    story("ten in nine minutes, at a proxy that knows durations", () => [
      many(10, 60, (second) =>
        http(second, "POST /v1/chat/completions", STRANGER, { durationMs: 90_000, product: "caddy" }),
      ),
    ]),
    story("ten that the asker broke off", () => [
      many(10, 30, (second) => gin(second, "POST /api/chat", STRANGER, { durationMs: 200_000, status: 499 })),
    ]),
    story("ten between short ones", () => [
      many(20, 20, (second, index) =>
        gin(second, "POST /api/chat", STRANGER, { durationMs: index % 2 === 0 ? 90_000 : 900 }),
      ),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [
      many(10, 30, (second) => gin(second, "POST /api/chat", address, { durationMs: 90_000 })),
    ]),
    story("nine", () => [many(9, 30, (second) => gin(second, "POST /api/chat", STRANGER, { durationMs: 90_000 }))]),
    story("ten of just a minute", () => [
      many(10, 30, (second) => gin(second, "POST /api/chat", STRANGER, { durationMs: 60_000 })),
    ]),
    story("ten over more than ten minutes", () => [
      many(10, 70, (second) => gin(second, "POST /api/chat", STRANGER, { durationMs: 90_000 })),
    ]),
    story("ten strangers once each", () => [
      many(10, 30, (second, index) => gin(second, "POST /api/chat", `203.0.113.${index + 1}`, { durationMs: 90_000 })),
    ]),
    story("long downloads", () => [
      many(10, 30, (second) => gin(second, "POST /api/pull", STRANGER, { durationMs: 900_000 })),
    ]),
    story("no duration told", () => [many(10, 30, (second) => http(second, "POST /api/chat", STRANGER))]),
  ],
};
