import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, notStrangers, OTHER_STRANGER, story, STRANGER, STRANGER_6 } from "./story.ts";

/** A server is tried before it is sold. */
export const CATALOGUE_THEN_INFERENCE: Detection = {
  id: "catalogue-then-inference",
  uuid: "ca25b3b4-6fb5-4b65-a0e6-091b9813ba84",
  title: "A stranger read the list of models and ran one within a minute",
  hypothesis:
    "Who collects servers for resale asks for the list, then sends one short prompt to see that it answers. List and first computed answer within sixty seconds from one stranger are this check; what follows is use by others.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    catalogue: {
      class: "http",
      where: all(BY_STRANGER, is("route", "v1-models", "v1-model", "tags", "ps", "version"), DONE),
    },
    inference: { class: "http", where: all(BY_STRANGER, is("risk", "B"), is("status", 200)) },
  },
  correlation: { kind: "sequence", steps: ["catalogue", "inference"], by: ["sourceIp"], withinSeconds: 60 },
  falsePositives: [
    "An honest client that lists before it asks, from an address that nobody named: most web interfaces do.",
  ],
  blindTo: [
    "The check from one address and the list from another.",
    "Strangers behind a proxy that shows its own address.",
  ],
  ids: {
    attack: ["T1595", "T1496", "T1133"],
    attackBefore: [],
    atlas: ["AML.T0040", "AML.T0034", "AML.T0013"],
    owaspLlm: ["LLM10:2025"],
  },
  references: [REFERENCES.exposed],
  whatNow: { confirm: [SHOW_ACCESS, SHOW_PEERS], contain: [DROP_PEER, BIND_LOOPBACK], recover: [PUT_GATEWAY] },
  fires: [
    story("the list, then a chat", () => [http(0, "GET /api/tags", STRANGER), http(20, "POST /api/chat", STRANGER)]),
    story("the OpenAI form over IPv6", () => [
      http(0, "GET /v1/models", STRANGER_6),
      http(3, "POST /v1/chat/completions", STRANGER_6),
    ]),
    story("Ollama's own log", () => [
      gin(0, "GET /api/version", STRANGER),
      gin(1, "GET /api/ps", STRANGER),
      gin(40, "POST /api/generate", STRANGER),
    ]),
    story("a list long ago, and another just before", () => [
      http(0, "GET /api/tags", STRANGER),
      http(7_200, "GET /api/tags", STRANGER),
      http(7_230, "POST /api/chat", STRANGER),
    ]),
    story("others between", () => [
      http(0, "GET /api/tags", STRANGER),
      many(5, 5, (second) => http(second, "POST /api/chat", COLLEAGUE), 5),
      http(50, "POST /api/embed", STRANGER),
    ]),
  ],
  silent: [
    story("the list was refused", () => [
      http(0, "GET /api/tags", STRANGER, { status: 401 }),
      http(20, "POST /api/chat", STRANGER),
    ]),
    ...notStrangers((address) => [http(0, "GET /api/tags", address), http(20, "POST /api/chat", address)]),
    story("more than a minute between", () => [
      http(0, "GET /api/tags", STRANGER),
      http(61, "POST /api/chat", STRANGER),
    ]),
    story("the other order", () => [http(0, "POST /api/chat", STRANGER), http(20, "GET /api/tags", STRANGER)]),
    story("two strangers", () => [http(0, "GET /api/tags", STRANGER), http(20, "POST /api/chat", OTHER_STRANGER)]),
    story("the answer was refused", () => [
      http(0, "GET /api/tags", STRANGER),
      http(20, "POST /api/chat", STRANGER, { status: 401 }),
    ]),
    story("the list alone", () => [http(0, "GET /api/tags", STRANGER), http(20, "GET /v1/models", STRANGER)]),
    story("the first page instead of the list", () => [
      http(0, "GET /", STRANGER),
      http(20, "POST /api/chat", STRANGER),
    ]),
  ],
};
