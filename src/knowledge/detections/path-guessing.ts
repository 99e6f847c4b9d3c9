import { all, any, is, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Somebody looks for what else lives there. */
export const PATH_GUESSING: Detection = {
  id: "path-guessing",
  uuid: "3d700e17-657c-4d87-abb3-a9a3466f8f06",
  title: "A stranger asked the model server for many paths that are not there",
  hypothesis:
    "Scanners try paths of many products. Fifteen different paths of the model server that answered 404 to one stranger within ten minutes are such a list.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    miss: {
      class: "http",
      where: all(
        BY_STRANGER,
        is("status", 404),
        any(is("product", "ollama"), is("toServer", true), starts("path", "/api/", "/v1/")),
      ),
    },
  },
  correlation: { kind: "distinct", of: "miss", field: "path", by: ["sourceIp"], atLeast: 15, withinSeconds: 600 },
  falsePositives: [
    "A client for another product that was pointed at Ollama.",
    "A shared proxy log in which another application lives below `/api/`.",
  ],
  blindTo: ["Lists that are tried slowly or from several addresses."],
  ids: { attack: ["T1595"], attackBefore: [], atlas: ["AML.T0006"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: ["Show the paths: `grep -F ADDRESS ACCESS.LOG | grep ' 404 ' | awk '{print $7}' | sort -u`.", SHOW_PEERS],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("fifteen in almost ten minutes", () => [
      many(15, 42, (second, index) => gin(second, `GET /path${index}`, STRANGER, { status: 404 })),
    ]),
    story("fifteen in a minute", () => [
      many(15, 4, (second, index) => gin(second, `GET /path${index}`, STRANGER, { status: 404 })),
    ]),
    story("fifteen over IPv6", () => [
      many(15, 4, (second, index) => gin(second, `GET /path${index}`, STRANGER_6, { status: 404 })),
    ]),
    story("fifteen below the API, at a proxy", () => [
      many(15, 4, (second, index) => http(second, `GET /v1/x${index}`, STRANGER, { status: 404 })),
    ]),
    story("fifteen seen on the wire", () => [
      many(15, 4, (second, index) =>
        http(second, `GET /x${index}`, STRANGER, { status: 404, product: "zeek", destinationPort: 11_434 }),
      ),
    ]),
    story("fifteen between answers", () => [
      many(30, 4, (second, index) =>
        gin(second, index % 2 === 0 ? `GET /x${index}` : "GET /api/tags", STRANGER, {
          status: index % 2 === 0 ? 404 : 200,
        }),
      ),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [
      many(15, 4, (second, index) => gin(second, `GET /path${index}`, address, { status: 404 })),
    ]),
    story("fourteen", () => [
      many(14, 4, (second, index) => gin(second, `GET /path${index}`, STRANGER, { status: 404 })),
    ]),
    story("one path a hundred times", () => [
      many(100, 4, (second) => gin(second, "GET /favicon.ico", STRANGER, { status: 404 })),
    ]),
    story("fifteen over more than ten minutes", () => [
      many(15, 45, (second, index) => gin(second, `GET /path${index}`, STRANGER, { status: 404 })),
    ]),
    story("fifteen strangers once each", () => [
      many(15, 4, (second, index) => gin(second, `GET /path${index}`, `203.0.113.${index + 1}`, { status: 404 })),
    ]),
    story("a web site in the same proxy", () => [
      many(30, 4, (second, index) => http(second, `GET /old/${index}`, STRANGER, { status: 404 })),
    ]),
    story("fifteen that were refused otherwise", () => [
      many(15, 4, (second, index) => gin(second, `GET /path${index}`, STRANGER, { status: 403 })),
    ]),
  ],
};
