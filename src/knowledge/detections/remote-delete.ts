import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { DONE, FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** What is gone must be fetched again. */
export const REMOTE_DELETE: Detection = {
  id: "remote-delete",
  uuid: "b4e3f895-0653-4587-b48c-2ecd52d14b84",
  title: "A model was deleted from another machine",
  hypothesis:
    "Deleting models asks for no login. From another machine it is vandalism, extortion, or the clearing of a model that was put there to be pushed.",
  severity: "high",
  ...STABLE_1,
  selections: { delete: { class: "http", where: all(FROM_AFAR, is("route", "delete"), DONE) } },
  correlation: { kind: "each", of: "delete", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["A web interface on another machine in which somebody tidies up: name that machine as known."],
  blindTo: ["A deletion on the machine itself.", "A forged header in Ollama's own log that names loopback."],
  ids: { attack: ["T1190", "T1565"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.noKey],
  whatNow: {
    confirm: [SHOW_ACCESS, "Show what is left: `ollama list`."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: ["Fetch it again from its registry: `ollama pull NAME`; models of your own from your copy.", PUT_GATEWAY],
  },
  fires: [
    story("a link-local neighbour", () => [http(0, "DELETE /api/delete", "fe80::66")]),
    story("a stranger", () => [http(0, "DELETE /api/delete", STRANGER)]),
    story("a stranger over IPv6", () => [http(0, "DELETE /api/delete", STRANGER_6)]),
    story("Ollama's own log", () => [gin(0, "DELETE /api/delete", STRANGER)]),
    story("a machine of the network that nobody named", () => [http(0, "DELETE /api/delete", COLLEAGUE)]),
    story("several, one after the other", () => [many(5, 2, (second) => http(second, "DELETE /api/delete", STRANGER))]),
  ],
  silent: [
    ...ownPeers((address) => [http(0, "DELETE /api/delete", address)]),
    story("refused by a gateway", () => [http(0, "DELETE /api/delete", STRANGER, { status: 403 })]),
    story("a model that is not there", () => [http(0, "DELETE /api/delete", STRANGER, { status: 404 })]),
    story("another method", () => [http(0, "POST /api/delete", STRANGER, { status: 405 })]),
    story("a browser's question before", () => [http(0, "OPTIONS /api/delete", STRANGER, { status: 204 })]),
    story("another API's path", () => [http(0, "DELETE /shop/api/delete", STRANGER)]),
  ],
};
