import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The owner's name stands on what strangers read. */
export const WEB_TOOLS_USED: Detection = {
  id: "web-tools-used",
  uuid: "65470b2c-7656-46f9-9e6e-28758651ffc4",
  title: "A stranger let the server search or fetch the web",
  hypothesis:
    "The experimental routes for web search and fetch go out through ollama.com, signed as the server's owner. A stranger who uses them reads the web under the owner's name and quota.",
  severity: "high",
  ...STABLE_1,
  selections: { use: { class: "http", where: all(BY_STRANGER, is("route", "web-search", "web-fetch"), DONE) } },
  correlation: { kind: "each", of: "use", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["The owner from an address that nobody named."],
  blindTo: [
    "The same by way of `/v1/messages` and `/v1/responses`, whose tools run on the server too.",
    "What was searched: no log of the server tells.",
  ],
  ids: {
    attack: ["T1090", "T1496"],
    attackBefore: [],
    atlas: ["AML.T0053", "AML.T0096"],
    owaspLlm: ["LLM06:2025", "LLM10:2025"],
  },
  references: [REFERENCES.cloudQuota],
  whatNow: {
    confirm: [SHOW_ACCESS, "Look at the account's usage at ollama.com."],
    contain: ["Sign the server out: `ollama signout`.", BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("a search", () => [http(0, "POST /api/experimental/web_search", STRANGER)]),
    story("a fetch", () => [http(0, "POST /api/experimental/web_fetch", STRANGER)]),
    story("IPv6", () => [http(0, "POST /api/experimental/web_fetch", STRANGER_6)]),
    story("Ollama's own log", () => [gin(0, "POST /api/experimental/web_search", STRANGER)]),
    story("again and again", () => [
      many(20, 10, (second) => http(second, "POST /api/experimental/web_fetch", STRANGER)),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [http(0, "POST /api/experimental/web_search", address)]),
    story("refused", () => [http(0, "POST /api/experimental/web_search", STRANGER, { status: 401 })]),
    story("an older release", () => [http(0, "POST /api/experimental/web_search", STRANGER, { status: 404 })]),
    story("another experimental route", () => [http(0, "GET /api/experimental/model-recommendations", STRANGER)]),
    story("another method", () => [http(0, "GET /api/experimental/web_search", STRANGER, { status: 405 })]),
  ],
};
