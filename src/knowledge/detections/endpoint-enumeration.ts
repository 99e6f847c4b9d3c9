import { all, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

const WALK = [
  "GET /api/version",
  "GET /api/tags",
  "GET /api/ps",
  "GET /v1/models",
  "POST /api/show",
  "POST /api/generate",
  "POST /api/pull",
  "DELETE /api/delete",
] as const;

/** Different routes are counted, not requests. */
export const ENDPOINT_ENUMERATION: Detection = {
  id: "endpoint-enumeration",
  uuid: "4ab978bc-c506-4f3e-ba74-5bf61318b3e2",
  title: "A stranger went through the server's routes",
  hypothesis:
    "Who finds a server tries what it offers: version, lists, cards, one computed answer, one change. Eight different routes of the API from one stranger within ten minutes is a walk through it; a client uses four or five, however often.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { request: { class: "http", where: all(BY_STRANGER, not(is("route", "root"))) } },
  correlation: { kind: "distinct", of: "request", field: "route", by: ["sourceIp"], atLeast: 8, withinSeconds: 600 },
  falsePositives: ["A web interface with all its pages, from an address that nobody named.", "A test of one's own."],
  blindTo: [
    "A walk that takes longer, or comes from several addresses.",
    "Paths that the server does not know: see `path-guessing`.",
  ],
  ids: {
    attack: ["T1595", "T1046"],
    attackBefore: [],
    atlas: ["AML.T0006", "AML.T0013", "AML.T0014"],
    owaspLlm: ["LLM10:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      SHOW_ACCESS,
      "Show the routes of one address: `grep -F ADDRESS ACCESS.LOG | awk '{print $6,$7,$9}' | sort | uniq -c`.",
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("eight routes in a minute", () => [WALK.map((request, index) => http(index * 8, request, STRANGER))]),
    story("eight over IPv6", () => [WALK.map((request, index) => http(index * 8, request, STRANGER_6))]),
    story("eight in Ollama's own log, some refused", () => [
      WALK.map((request, index) => gin(index * 60, request, STRANGER, { status: index % 2 === 0 ? 200 : 404 })),
    ]),
    story("eight, the list asked again and again", () => [
      WALK.flatMap((request, index) => [
        http(index * 8, "GET /api/tags", STRANGER),
        http(index * 8 + 1, request, STRANGER),
      ]),
    ]),
    story("eight, paths with names in them", () => [
      [...WALK.slice(0, 6), "GET /v1/models/a", "POST /v1/messages"].map((request, index) =>
        http(index * 8, request, STRANGER),
      ),
    ]),
  ],
  silent: [
    story("seven and the first page", () => [
      ["GET /", ...WALK.slice(1)].map((request, index) => http(index * 8, request, STRANGER)),
    ]),
    ...notStrangers((address) => [WALK.map((request, index) => http(index * 8, request, address))]),
    story("seven", () => [WALK.slice(1).map((request, index) => http(index * 8, request, STRANGER))]),
    story("eight over more than ten minutes", () => [
      WALK.map((request, index) => http(index * 87, request, STRANGER)),
    ]),
    story("eight strangers with one each", () => [
      WALK.map((request, index) => http(index * 8, request, `203.0.113.${index + 1}`)),
    ]),
    story("one route a hundred times", () => [many(100, 5, (second) => http(second, "POST /api/chat", STRANGER))]),
    story("one route with a hundred names", () => [
      many(100, 5, (second, index) => http(second, `GET /v1/models/m${index}`, STRANGER)),
    ]),
    story("a web site's pages", () => [
      many(20, 5, (second, index) => http(second, `GET /api/page${index}`, STRANGER, { status: 404 })),
    ]),
  ],
};
