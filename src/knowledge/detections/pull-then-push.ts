import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { DONE, FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, CHECK_MODELS, DROP_PEER, ROTATE_SECRETS, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, OTHER_STRANGER, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The server as a courier. */
export const PULL_THEN_PUSH: Detection = {
  id: "pull-then-push",
  uuid: "085bc876-4ed0-4fa0-ac7d-ebdcf231c893",
  title: "One peer let the server fetch a model and push one out",
  hypothesis:
    "A peer from afar who pulls and then pushes uses the server's disk, line and key: to carry models into another registry under the owner's name, or to reach registries that only this machine reaches.",
  severity: "high",
  ...STABLE_1,
  selections: {
    pull: { class: "http", where: all(FROM_AFAR, is("route", "pull"), DONE) },
    push: { class: "http", where: all(FROM_AFAR, is("route", "push")) },
  },
  correlation: { kind: "sequence", steps: ["pull", "push"], by: ["sourceIp"], withinSeconds: 7_200 },
  falsePositives: ["Somebody who keeps a mirror of models from another machine: name that machine as known."],
  blindTo: ["Two addresses, or a proxy that shows one for all.", "A forged header in Ollama's own log."],
  ids: {
    attack: ["T1105", "T1048", "T1567", "T1090"],
    attackBefore: [],
    atlas: ["AML.T0025"],
    owaspLlm: ["LLM03:2025"],
  },
  references: [REFERENCES.cve7482],
  whatNow: {
    confirm: [SHOW_ACCESS, "Show what was pushed: `journalctl -u ollama --since TIME | grep -iE 'push|upload'`."],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [CHECK_MODELS, ROTATE_SECRETS],
  },
  fires: [
    story("a link-local neighbour", () => [
      http(0, "POST /api/pull", "fe80::66"),
      http(30, "POST /api/push", "fe80::66"),
    ]),
    story("minutes between", () => [http(0, "POST /api/pull", STRANGER), http(300, "POST /api/push", STRANGER)]),
    story("IPv6", () => [http(0, "POST /api/pull", STRANGER_6), http(300, "POST /api/push", STRANGER_6)]),
    story("Ollama's own log, almost two hours", () => [
      gin(0, "POST /api/pull", STRANGER),
      gin(7_100, "POST /api/push", STRANGER),
    ]),
    story("a push that was refused", () => [
      http(0, "POST /api/pull", STRANGER),
      http(30, "POST /api/push", STRANGER, { status: 401 }),
    ]),
    story("a machine of the network that nobody named", () => [
      http(0, "POST /api/pull", "10.0.0.66"),
      http(30, "POST /api/push", "10.0.0.66"),
    ]),
  ],
  silent: [
    story("another request instead of the pull", () => [
      http(0, "GET /api/tags", STRANGER),
      http(300, "POST /api/push", STRANGER),
    ]),
    story("another request instead of the push", () => [
      http(0, "POST /api/pull", STRANGER),
      http(300, "GET /api/tags", STRANGER),
    ]),
    ...ownPeers((address) => [http(0, "POST /api/pull", address), http(300, "POST /api/push", address)]),
    story("the other order", () => [http(0, "POST /api/push", STRANGER), http(300, "POST /api/pull", STRANGER)]),
    story("two peers", () => [http(0, "POST /api/pull", STRANGER), http(300, "POST /api/push", OTHER_STRANGER)]),
    story("more than two hours", () => [http(0, "POST /api/pull", STRANGER), http(7_300, "POST /api/push", STRANGER)]),
    story("a pull alone", () => [http(0, "POST /api/pull", STRANGER), http(300, "POST /api/pull", STRANGER)]),
    story("a gateway refused the pull", () => [
      http(0, "POST /api/pull", STRANGER, { status: 403 }),
      http(300, "POST /api/push", STRANGER, { status: 403 }),
    ]),
    story("git's words in another path", () => [
      http(0, "POST /repo/api/pull", STRANGER),
      http(300, "POST /repo/api/push", STRANGER),
    ]),
  ],
};
