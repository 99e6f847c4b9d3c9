import { all, any, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Name and e-mail address of whoever signed the server in. */
export const ACCOUNT_ASKED: Detection = {
  id: "account-asked",
  uuid: "9a3c1659-d3a9-470a-88a5-b18a7b0ee77c",
  title: "A stranger asked for the owner's account",
  hypothesis:
    "`/api/me` tells the id, name, e-mail address and plan of the ollama.com account that the server is signed in with, to anybody. When it is not signed in, the refusal tells the machine's name and public key.",
  severity: "medium",
  ...STABLE_1,
  selections: { question: { class: "http", where: all(BY_STRANGER, is("route", "me"), any(DONE, is("status", 401))) } },
  correlation: { kind: "each", of: "question", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: [
    "The owner from an address that nobody named.",
    "A refusal by a proxy with a login, whose 401 tells nothing.",
  ],
  blindTo: ["Releases before 0.12.0 have no account."],
  ids: { attack: ["T1190"], attackBefore: [], atlas: ["AML.T0007"], owaspLlm: ["LLM02:2025"] },
  references: [REFERENCES.noKey],
  whatNow: {
    confirm: [
      SHOW_ACCESS,
      "See what it tells, on the machine itself: `curl -s -X POST http://127.0.0.1:11434/api/me`.",
    ],
    contain: [BIND_LOOPBACK, DROP_PEER],
    recover: ["Expect letters to that address; sign out where the cloud is not used: `ollama signout`.", PUT_GATEWAY],
  },
  fires: [
    story("answered", () => [http(0, "POST /api/me", STRANGER)]),
    story("IPv6", () => [http(0, "POST /api/me", STRANGER_6)]),
    story("Ollama's own log", () => [gin(0, "POST /api/me", STRANGER)]),
    story("not signed in: the refusal tells the machine's name", () => [
      gin(0, "POST /api/me", STRANGER, { status: 401 }),
    ]),
    story("a log that tells no status", () => [http(0, "POST /api/me", STRANGER, { status: null })]),
  ],
  silent: [
    ...notStrangers((address) => [http(0, "POST /api/me", address)]),
    story("refused", () => [http(0, "POST /api/me", STRANGER, { status: 403 })]),
    story("an older release", () => [http(0, "POST /api/me", STRANGER, { status: 404 })]),
    story("another method", () => [http(0, "GET /api/me", STRANGER, { status: 405 })]),
    story("another site's path", () => [http(0, "POST /shop/api/me", STRANGER)]),
    story("a path that begins alike", () => [http(0, "POST /api/media", STRANGER)]),
  ],
};
