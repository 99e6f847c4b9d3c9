import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { DONE, FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, CHECK_MODELS, DROP_PEER, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** A name that people trust gets another content. */
export const REMOTE_COPY: Detection = {
  id: "remote-copy",
  uuid: "3271d45e-4685-4d5b-ac50-1a1c7b6bb083",
  title: "A model was copied under another name from another machine",
  hypothesis:
    "A copy under another name costs nothing and asks for no login: a changed model takes the place of one that people ask for, or a name is made under which to push.",
  severity: "medium",
  ...STABLE_1,
  selections: { copy: { class: "http", where: all(FROM_AFAR, is("route", "copy"), DONE) } },
  correlation: { kind: "each", of: "copy", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["A web interface on another machine: name that machine as known."],
  blindTo: ["Which name it got: Ollama's own log does not tell."],
  ids: { attack: ["T1565", "T1036"], attackBefore: [], atlas: ["AML.T0018"], owaspLlm: ["LLM04:2025"] },
  references: [REFERENCES.noKey],
  whatNow: {
    confirm: [SHOW_ACCESS, "Show models with the same digest under several names: `ollama list | sort -k2`."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [CHECK_MODELS],
  },
  fires: [
    story("a link-local neighbour", () => [http(0, "POST /api/copy", "fe80::66")]),
    story("a stranger", () => [http(0, "POST /api/copy", STRANGER)]),
    story("a stranger over IPv6", () => [http(0, "POST /api/copy", STRANGER_6)]),
    story("Ollama's own log", () => [gin(0, "POST /api/copy", STRANGER)]),
    story("a machine of the network that nobody named", () => [http(0, "POST /api/copy", "10.1.2.3")]),
    story("a log that tells no status", () => [http(0, "POST /api/copy", STRANGER, { status: null })]),
  ],
  silent: [
    ...ownPeers((address) => [http(0, "POST /api/copy", address)]),
    story("refused by a gateway", () => [http(0, "POST /api/copy", STRANGER, { status: 403 })]),
    story("a model that is not there", () => [http(0, "POST /api/copy", STRANGER, { status: 404 })]),
    story("another method", () => [http(0, "GET /api/copy", STRANGER, { status: 405 })]),
    story("a path that only begins alike", () => [http(0, "POST /api/copyright", STRANGER)]),
    story("a browser's question before", () => [http(0, "OPTIONS /api/copy", STRANGER, { status: 204 })]),
  ],
};
