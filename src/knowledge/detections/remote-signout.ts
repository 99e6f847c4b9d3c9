import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { DONE, FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The owner's account is cut off. */
export const REMOTE_SIGNOUT: Detection = {
  id: "remote-signout",
  uuid: "34ef5395-9159-4bca-b7b6-c0d57e52dab8",
  title: "The server's cloud account was signed out from another machine",
  hypothesis:
    "`signout` and the deletion of a user's key disconnect the machine from its owner's ollama.com account, without a login. From another machine it is sabotage, or the preparation for another account.",
  severity: "high",
  ...STABLE_1,
  selections: { signout: { class: "http", where: all(FROM_AFAR, is("route", "signout", "user-key"), DONE) } },
  correlation: { kind: "each", of: "signout", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["The owner from another machine: name it as known."],
  blindTo: ["Releases before 0.12.0, which have no account."],
  ids: { attack: ["T1190"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.noKey],
  whatNow: {
    confirm: [
      SHOW_ACCESS,
      "Show whether it is signed in, on the machine itself: `curl -s -X POST http://127.0.0.1:11434/api/me`.",
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [
      "Sign in again: `ollama signin`, and look at ollama.com under the account's keys for one that is not yours.",
    ],
  },
  fires: [
    story("a link-local neighbour", () => [http(0, "POST /api/signout", "fe80::66")]),
    story("a stranger signs out", () => [http(0, "POST /api/signout", STRANGER)]),
    story("a stranger over IPv6", () => [http(0, "POST /api/signout", STRANGER_6)]),
    story("a stranger deletes the key", () => [http(0, "DELETE /api/user/keys/c3NoLWVkMjU1MTk", STRANGER)]),
    story("Ollama's own log", () => [gin(0, "POST /api/signout", STRANGER)]),
    story("a machine of the network that nobody named", () => [http(0, "POST /api/signout", COLLEAGUE)]),
  ],
  silent: [
    ...ownPeers((address) => [http(0, "POST /api/signout", address)]),
    story("refused by a gateway", () => [http(0, "POST /api/signout", STRANGER, { status: 403 })]),
    story("an older release, which does not know it", () => [http(0, "POST /api/signout", STRANGER, { status: 404 })]),
    story("a question for the account", () => [http(0, "POST /api/me", STRANGER)]),
    story("another site's path", () => [http(0, "POST /account/api/signout", STRANGER)]),
    story("a look at a key", () => [http(0, "GET /api/user/keys/c3NoLWVkMjU1MTk", STRANGER, { status: 405 })]),
  ],
};
