import { all } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, TO_API } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Bytes, not seconds, tell what left. */
export const LARGE_ANSWERS: Detection = {
  id: "large-answers",
  uuid: "015b7f19-83f1-43db-9c55-22cb77a84f24",
  title: "A stranger took large answers from the server",
  hypothesis:
    "An answer of text is some kilobytes; a stream at fifty words a second is under eight. More than 20 MB to one stranger within an hour is several streams without pause, or lists and cards taken again and again. Latency, which others count instead, grows with the machine's age as well.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { answer: { class: "http", where: all(BY_STRANGER, TO_API) } },
  correlation: {
    kind: "sum",
    of: "answer",
    field: "responseBytes",
    by: ["sourceIp"],
    atLeast: 20_000_000,
    withinSeconds: 3_600,
  },
  falsePositives: [
    "A client of one's own from an address that nobody named.",
    "Answers with the verbose list of tensors, some megabytes each.",
  ],
  blindTo: [
    "Logs that count no bytes: Ollama's own. Use a proxy's, or `large-answers-over-connections`.",
    "Strangers behind one proxy's address.",
  ],
  ids: {
    attack: ["T1048", "T1496"],
    attackBefore: [],
    atlas: ["AML.T0024.002", "AML.T0025", "AML.T0040"],
    owaspLlm: ["LLM02:2025", "LLM10:2025"],
  },
  references: [REFERENCES.exposed],
  whatNow: {
    confirm: [
      "Show the bytes by address: `awk '{b[$1]+=$10} END {for (a in b) print b[a], a}' ACCESS.LOG | sort -rn | head`.",
      SHOW_PEERS,
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("forty answers of half a megabyte", () => [
      many(40, 60, (second) => http(second, "POST /api/generate", STRANGER, { responseBytes: 500_000 })),
    ]),
    story("one answer of 20 MB", () => [
      http(0, "POST /api/chat", STRANGER, { responseBytes: 20_000_000, durationMs: 1_740_000 }),
    ]),
    story("over IPv6, cards", () => [
      many(10, 60, (second) => http(second, "POST /api/show", STRANGER_6, { responseBytes: 2_500_000 })),
    ]),
    story("embeddings", () => [
      many(20, 30, (second) =>
        http(second, "POST /api/embed", STRANGER, { responseBytes: 1_000_000, product: "caddy" }),
      ),
    ]),
    story("between answers to others", () => [
      many(80, 30, (second, index) =>
        http(second, "POST /api/chat", index % 2 === 0 ? STRANGER : COLLEAGUE, { responseBytes: 500_000 }),
      ),
    ]),
  ],
  silent: [
    story("a web site's first page, as large", () => [
      many(40, 60, (second) => http(second, "GET /", STRANGER, { responseBytes: 5_000_000 })),
    ]),
    ...notStrangers((address) => [
      many(40, 60, (second) => http(second, "POST /api/generate", address, { responseBytes: 500_000 })),
    ]),
    story("a byte below the threshold", () => [http(0, "POST /api/chat", STRANGER, { responseBytes: 19_999_999 })]),
    story("the same over more than an hour", () => [
      many(40, 100, (second) => http(second, "POST /api/generate", STRANGER, { responseBytes: 500_000 })),
    ]),
    story("forty strangers with one answer each", () => [
      many(40, 60, (second, index) =>
        http(second, "POST /api/generate", `203.0.113.${index + 1}`, { responseBytes: 500_000 }),
      ),
    ]),
    story("files of a web site", () => [
      many(40, 60, (second) => http(second, "GET /files/big.iso", STRANGER, { responseBytes: 5_000_000 })),
    ]),
    story("no bytes told", () => [many(40, 60, (second) => gin(second, "POST /api/generate", STRANGER))]),
    story("large requests, small answers", () => [
      many(40, 60, (second) => http(second, "POST /api/chat", STRANGER, { requestBytes: 900_000, responseBytes: 900 })),
    ]),
  ],
};
