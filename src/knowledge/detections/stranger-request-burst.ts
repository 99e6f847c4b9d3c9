import { all } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, TO_API } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** More than a person types. */
export const STRANGER_REQUEST_BURST: Detection = {
  id: "stranger-request-burst",
  uuid: "62496277-f94d-4dca-a7f6-4c1694fba50e",
  title: "A stranger asked the model server's API at a machine's rate",
  hypothesis:
    "A person who tries a model out asks a few times in ten minutes; sixty requests to the API from one stranger are a program's. The threshold counts requests of strangers alone, so that one's own agents, which ask far more, do not drown it.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { request: { class: "http", where: all(BY_STRANGER, TO_API) } },
  correlation: { kind: "count", of: "request", by: ["sourceIp"], atLeast: 60, withinSeconds: 600 },
  falsePositives: [
    "A client of one's own from an address that nobody named.",
    "A monitor that asks every few seconds.",
  ],
  blindTo: [
    "Slow use, below six requests a minute: see `long-answers-all-day`.",
    "Strangers behind a proxy whose log shows one private address for all.",
    "In Ollama's own log the address is what the asker's header says: a new one with each request is never counted together.",
  ],
  ids: {
    attack: ["T1498", "T1499", "T1496"],
    attackBefore: [],
    atlas: ["AML.T0029", "AML.T0034"],
    owaspLlm: ["LLM10:2025"],
  },
  references: [REFERENCES.exposed],
  whatNow: { confirm: [SHOW_ACCESS, SHOW_PEERS], contain: [DROP_PEER, BIND_LOOPBACK], recover: [PUT_GATEWAY] },
  fires: [
    story("sixty in five minutes", () => [many(60, 5, (second) => http(second, "POST /api/chat", STRANGER))]),
    story("sixty over IPv6, the list alone", () => [
      many(60, 5, (second) => http(second, "GET /api/tags", STRANGER_6)),
    ]),
    story("sixty in Ollama's own log", () => [
      many(60, 9, (second) => gin(second, "POST /v1/chat/completions", STRANGER)),
    ]),
    story("sixty of different routes, refused", () => [
      many(60, 5, (second, index) =>
        http(second, index % 2 === 0 ? "POST /api/generate" : "GET /api/ps", STRANGER, { status: 401 }),
      ),
    ]),
    story("sixty between those of others", () => [
      many(120, 4, (second, index) => http(second, "POST /api/embed", index % 2 === 0 ? STRANGER : COLLEAGUE)),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [many(60, 5, (second) => http(second, "POST /api/chat", address))]),
    story("one below the threshold", () => [many(59, 5, (second) => http(second, "POST /api/chat", STRANGER))]),
    story("sixty over more than ten minutes", () => [
      many(60, 11, (second) => http(second, "POST /api/chat", STRANGER)),
    ]),
    story("sixty strangers once each", () => [
      many(60, 5, (second, index) => http(second, "POST /api/chat", `203.0.113.${index + 1}`)),
    ]),
    story("a visitor of a web site in the same log", () => [
      many(60, 2, (second, index) => http(second, `GET /page/${index}`, STRANGER)),
    ]),
    story("somebody who asks a web site's first page", () => [
      many(60, 2, (second) => http(second, "GET /", STRANGER)),
    ]),
    story("paths that only look alike", () => [many(60, 2, (second) => http(second, "GET /api/tagsoup", STRANGER))]),
  ],
};
