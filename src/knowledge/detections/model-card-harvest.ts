import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Cards hold system prompts. */
export const MODEL_CARD_HARVEST: Detection = {
  id: "model-card-harvest",
  uuid: "eb70486b-5774-4f21-9b74-822dca301e54",
  title: "A stranger read the cards of the server's models",
  hypothesis:
    "`/api/show` tells a model's system prompt, template and paths on the disk. A stranger who asks it again and again reads out every model, prompts of the house included.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { card: { class: "http", where: all(BY_STRANGER, is("route", "show"), DONE) } },
  correlation: { kind: "count", of: "card", by: ["sourceIp"], atLeast: 5, withinSeconds: 300 },
  falsePositives: [
    "Editors and web interfaces ask for each model's card at their start, from an address that nobody named.",
  ],
  blindTo: ["Which models: Ollama's own log does not tell.", "Servers with fewer than five models."],
  ids: {
    attack: ["T1190"],
    attackBefore: [],
    atlas: ["AML.T0007", "AML.T0056", "AML.T0069"],
    owaspLlm: ["LLM02:2025", "LLM07:2025"],
  },
  references: [REFERENCES.noKey],
  whatNow: {
    confirm: [SHOW_ACCESS, "Show what strangers saw: `ollama show --system NAME` for each model of your own."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: ["Exchange secrets that stood in system prompts, and take them out of there.", PUT_GATEWAY],
  },
  fires: [
    story("five in a minute", () => [many(5, 10, (second) => http(second, "POST /api/show", STRANGER))]),
    story("five over IPv6", () => [many(5, 10, (second) => http(second, "POST /api/show", STRANGER_6))]),
    story("five in Ollama's own log", () => [many(5, 60, (second) => gin(second, "POST /api/show", STRANGER))]),
    story("thirty", () => [many(30, 1, (second) => http(second, "POST /api/show", STRANGER))]),
    story("five between those of the network", () => [
      many(10, 10, (second, index) => http(second, "POST /api/show", index % 2 === 0 ? STRANGER : COLLEAGUE)),
    ]),
  ],
  silent: [
    ...notStrangers((address) => [many(5, 10, (second) => http(second, "POST /api/show", address))]),
    story("four", () => [many(4, 10, (second) => http(second, "POST /api/show", STRANGER))]),
    story("five over more than five minutes", () => [
      many(5, 80, (second) => http(second, "POST /api/show", STRANGER)),
    ]),
    story("five strangers once each", () => [
      many(5, 10, (second, index) => http(second, "POST /api/show", `203.0.113.${index + 1}`)),
    ]),
    story("refused", () => [many(5, 10, (second) => http(second, "POST /api/show", STRANGER, { status: 403 }))]),
    story("lists instead", () => [many(5, 10, (second) => http(second, "GET /api/tags", STRANGER))]),
  ],
};
