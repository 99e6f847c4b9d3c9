import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The first answer that was computed for a stranger. */
export const STRANGER_INFERENCE: Detection = {
  id: "stranger-inference",
  uuid: "e0663d46-f1c8-45fd-acc3-ce7da880611c",
  title: "A stranger runs models on the server",
  hypothesis:
    "A request that computes (generate, chat, embed, the OpenAI and Anthropic forms) from a public address and answered with success is use by somebody else: their work on this machine's electricity and name.",
  severity: "high",
  ...STABLE_1,
  selections: { inference: { class: "http", where: all(BY_STRANGER, is("risk", "B"), is("status", 200)) } },
  correlation: { kind: "first", of: "inference", by: ["sourceIp"] },
  falsePositives: [
    "A client of one's own from an address that nobody named.",
    "A public service that is meant so.",
    "Another product's API with the same path in a shared proxy log.",
  ],
  blindTo: [
    "Strangers behind docker-proxy, a tunnel or a proxy that shows its own address.",
    "A forged header in Ollama's own log that names a private address: see `local-address-while-stranger-connected`.",
  ],
  ids: { attack: ["T1133", "T1496"], attackBefore: [], atlas: ["AML.T0040", "AML.T0034"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.exposed, REFERENCES.noKey],
  whatNow: {
    confirm: [SHOW_ACCESS, SHOW_PEERS],
    contain: [BIND_LOOPBACK, DROP_PEER],
    recover: [PUT_GATEWAY, "Read what was spent: `corral hunt --cost LOG…`."],
  },
  fires: [
    story("one chat", () => [http(0, "POST /api/chat", STRANGER)]),
    story("the OpenAI form over IPv6", () => [http(0, "POST /v1/chat/completions", STRANGER_6)]),
    story("the Anthropic form in Ollama's own log", () => [
      gin(0, "POST /v1/messages", STRANGER, { durationMs: 4700 }),
    ]),
    story("embeddings", () => [http(0, "POST /api/embed", STRANGER)]),
    story("after many looks", () => [
      many(10, 1, (second) => http(second, "GET /api/tags", STRANGER)),
      http(20, "POST /api/generate", STRANGER),
    ]),
    story("after refusals", () => [
      http(0, "POST /api/chat", STRANGER, { status: 401 }),
      http(20, "POST /api/chat", STRANGER),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [http(0, "POST /api/chat", address)]),
    story("refused for want of a key", () => [http(0, "POST /api/chat", STRANGER, { status: 401 })]),
    story("a model that is not there", () => [http(0, "POST /api/chat", STRANGER, { status: 404 })]),
    story("a look at the list", () => [http(0, "GET /api/tags", STRANGER)]),
    story("a browser's question before", () => [http(0, "OPTIONS /api/chat", STRANGER, { status: 204 })]),
    story("a method that computes nothing", () => [http(0, "GET /api/chat", STRANGER, { status: 405 })]),
    story("a path below another", () => [http(0, "POST /shop/api/chat", STRANGER)]),
  ],
};
