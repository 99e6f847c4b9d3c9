import { all, any, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, CHECK_MODELS, DROP_PEER, ROTATE_SECRETS, SHOW_ACCESS, UPGRADE } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Routes that write, from outside. */
export const STRANGER_CHANGES_MODELS: Detection = {
  id: "stranger-changes-models",
  uuid: "b235723b-7782-4cc0-8a51-64b58bc7da88",
  title: "A stranger changed the server's models or disk",
  hypothesis:
    "Pull, create and upload write to the disk, reach out to a registry of the asker's choice and feed the parser of model files; a stranger has no reason to. One accepted request is enough.",
  severity: "high",
  ...STABLE_1,
  selections: {
    change: {
      class: "http",
      where: all(BY_STRANGER, any(is("route", "pull", "create"), all(is("route", "blob"), is("method", "POST"))), DONE),
    },
  },
  correlation: { kind: "each", of: "change", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["The owner from an address that nobody named."],
  blindTo: [
    "Strangers behind a proxy that shows its own address.",
    "Requests whose status the log does not tell count as accepted.",
  ],
  ids: {
    attack: ["T1190", "T1105"],
    attackBefore: [],
    atlas: ["AML.T0049", "AML.T0010.003", "AML.T0018"],
    owaspLlm: ["LLM03:2025", "LLM04:2025"],
  },
  references: [REFERENCES.cve7482, REFERENCES.noKey],
  whatNow: {
    confirm: [SHOW_ACCESS, CHECK_MODELS],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [UPGRADE, ROTATE_SECRETS],
  },
  fires: [
    story("a pull", () => [http(0, "POST /api/pull", STRANGER)]),
    story("a create over IPv6", () => [http(0, "POST /api/create", STRANGER_6)]),
    story("an upload", () => [http(0, `POST /api/blobs/sha256:${"ab".repeat(32)}`, STRANGER, { status: 201 })]),
    story("a pull in Ollama's own log", () => [gin(0, "POST /api/pull", STRANGER, { durationMs: 134_000 })]),
    story("a pull in a log without status", () => [http(0, "POST /api/pull", STRANGER, { status: null })]),
  ],
  silent: [
    ...notStrangers((address) => [http(0, "POST /api/pull", address)]),
    story("refused", () => [http(0, "POST /api/pull", STRANGER, { status: 403 })]),
    story("failed", () => [http(0, "POST /api/create", STRANGER, { status: 400 })]),
    story("a look whether a file is there", () => [http(0, `HEAD /api/blobs/sha256:${"ab".repeat(32)}`, STRANGER)]),
    story("a look at the list", () => [http(0, "GET /api/tags", STRANGER)]),
    story("a push alone, which has its own detections", () => [http(0, "POST /api/push", STRANGER, { status: 401 })]),
    story("a path that only begins alike", () => [http(0, "POST /api/pullrequest", STRANGER)]),
  ],
};
