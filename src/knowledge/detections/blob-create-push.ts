import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { DONE, FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, CHECK_MODELS, DROP_PEER, ROTATE_SECRETS, SHOW_ACCESS, UPGRADE } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, OTHER_STRANGER, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

const BLOB = `POST /api/blobs/sha256:${"ab".repeat(32)}`;

/** The way in which memory is read out of a server: a file in, a model of it, the model out to somebody's registry. */
export const BLOB_CREATE_PUSH: Detection = {
  id: "blob-create-push",
  uuid: "1121225c-a8d6-42fa-a6c1-708d47bb4c26",
  title: "One peer uploaded a file, made a model of it and pushed it out",
  hypothesis:
    "Before 0.17.1 a crafted GGUF file makes `/api/create` read beyond its end, so that memory of the server's process (environment, prompts of others) becomes part of the model, which `/api/push` then carries to a registry of the asker's choice (CVE-2026-7482). The three requests from one peer, in this order, are its shape; no ordinary client does them from afar.",
  severity: "critical",
  ...STABLE_1,
  selections: {
    blob: { class: "http", where: all(FROM_AFAR, is("route", "blob"), is("method", "POST"), DONE) },
    create: { class: "http", where: all(FROM_AFAR, is("route", "create"), DONE) },
    push: { class: "http", where: all(FROM_AFAR, is("route", "push")) },
  },
  correlation: { kind: "sequence", steps: ["blob", "create", "push"], by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: [
    "Somebody who builds models on this server from another machine and publishes them: name that machine as known.",
  ],
  blindTo: [
    "Steps that come from different addresses, or through a proxy that shows one address for all.",
    "Steps more than an hour apart, and those that were not logged.",
    "A forged header: Ollama's own log can show another address for each step; the proxy's log cannot.",
  ],
  ids: {
    attack: ["T1190", "T1048", "T1567"],
    attackBefore: [],
    atlas: ["AML.T0049", "AML.T0025", "AML.T0010.003"],
    owaspLlm: ["LLM02:2025", "LLM03:2025"],
  },
  references: [REFERENCES.bleedingLlama, REFERENCES.cve7482],
  whatNow: {
    confirm: [
      SHOW_ACCESS,
      "Read the version that ran then: `journalctl -u ollama | grep 'Listening on'`; before 0.17.1 take it that memory left the machine.",
      "Find models that you did not make: `ollama list`, newest first.",
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [UPGRADE, ROTATE_SECRETS, CHECK_MODELS],
  },
  fires: [
    story("a link-local neighbour", () => [
      http(0, BLOB, "fe80::66", { status: 201 }),
      http(20, "POST /api/create", "fe80::66"),
      http(50, "POST /api/push", "fe80::66"),
    ]),
    story("the three in a minute, as a proxy saw them", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", STRANGER),
    ]),
    story("the three over IPv6", () => [
      http(0, BLOB, STRANGER_6, { status: 201 }),
      http(5, "POST /api/create", STRANGER_6),
      http(9, "POST /api/push", STRANGER_6),
    ]),
    story("the three in Ollama's own log", () => [
      gin(0, BLOB, STRANGER, { status: 201 }),
      gin(5, "POST /api/create", STRANGER),
      gin(9, "POST /api/push", STRANGER),
    ]),
    story("spread over most of an hour, other requests between", () => [
      http(0, BLOB, STRANGER, { status: 200 }),
      http(600, "GET /api/tags", STRANGER),
      http(1_800, "POST /api/create", STRANGER),
      http(2_000, "POST /api/chat", OTHER_STRANGER),
      http(3_500, "POST /api/push", STRANGER),
    ]),
    story("a push that failed: the asker's registry may have it all the same", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", STRANGER, { status: 500 }),
    ]),
    story("a log that tells no status", () => [
      http(0, BLOB, STRANGER, { status: null }),
      http(20, "POST /api/create", STRANGER, { status: null }),
      http(50, "POST /api/push", STRANGER, { status: null }),
    ]),
    story("a machine in the same network that nobody named", () => [
      http(0, BLOB, "10.0.0.66", { status: 201 }),
      http(20, "POST /api/create", "10.0.0.66"),
      http(50, "POST /api/push", "10.0.0.66"),
    ]),
  ],
  silent: [
    story("the upload failed", () => [
      http(0, BLOB, STRANGER, { status: 400 }),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", STRANGER),
    ]),
    story("another request instead of the upload", () => [
      http(0, "POST /api/show", STRANGER),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", STRANGER),
    ]),
    story("another request instead of the create", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/show", STRANGER),
      http(50, "POST /api/push", STRANGER),
    ]),
    story("another request instead of the push", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER),
      http(50, "GET /api/tags", STRANGER),
    ]),
    ...ownPeers((address) => [
      http(0, BLOB, address, { status: 201 }),
      http(20, "POST /api/create", address),
      http(50, "POST /api/push", address),
    ]),
    story("the other order", () => [
      http(0, "POST /api/push", STRANGER),
      http(20, "POST /api/create", STRANGER),
      http(50, BLOB, STRANGER, { status: 201 }),
    ]),
    story("two peers share the steps", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", OTHER_STRANGER),
    ]),
    story("more than an hour from first to last", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(1_800, "POST /api/create", STRANGER),
      http(3_700, "POST /api/push", STRANGER),
    ]),
    story("an upload and a create without a push", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER),
    ]),
    story("a look whether the file is there instead of an upload", () => [
      http(0, BLOB.replace("POST", "HEAD"), STRANGER),
      http(20, "POST /api/create", STRANGER),
      http(50, "POST /api/push", STRANGER),
    ]),
    story("a gateway refused the create", () => [
      http(0, BLOB, STRANGER, { status: 201 }),
      http(20, "POST /api/create", STRANGER, { status: 403 }),
      http(50, "POST /api/push", STRANGER, { status: 403 }),
    ]),
    story("the words as part of other paths", () => [
      http(0, "POST /docs/api/blobs/x", STRANGER),
      http(20, "POST /docs/api/create", STRANGER),
      http(50, "POST /docs/api/push", STRANGER),
    ]),
    story("the same paths with a method that the server does not take", () => [
      http(0, BLOB.replace("POST", "GET"), STRANGER, { status: 405 }),
      http(20, "GET /api/create", STRANGER, { status: 405 }),
      http(50, "GET /api/push", STRANGER, { status: 405 }),
    ]),
  ],
};
