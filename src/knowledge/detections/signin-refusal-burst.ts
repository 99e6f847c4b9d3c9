import { all, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FROM_AFAR } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, many, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Each refusal tells the machine's name and key. */
export const SIGNIN_REFUSAL_BURST: Detection = {
  id: "signin-refusal-burst",
  uuid: "d364381c-908e-48f8-85ac-6d3f692d7485",
  title: "The server asked one peer again and again to sign in",
  hypothesis:
    "A server that is not signed in answers requests for cloud models and for its account with 401 and an address for signing in, which holds the machine's name and public key. Many of these to one peer are tries to use the owner's account, or to collect such addresses.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: { refusal: { class: "http", where: all(FROM_AFAR, is("product", "ollama"), is("status", 401)) } },
  correlation: { kind: "count", of: "refusal", by: ["sourceIp"], atLeast: 10, withinSeconds: 600 },
  falsePositives: ["A program of one's own on another machine that keeps asking for a cloud model after a sign-out."],
  blindTo: ["The proxy's own 401: see `wrong-key-burst`.", "A new forged address with each request."],
  ids: { attack: ["T1190"], attackBefore: [], atlas: ["AML.T0034"], owaspLlm: ["LLM02:2025", "LLM10:2025"] },
  references: [REFERENCES.cloudQuota],
  whatNow: {
    confirm: ["Show the rows: `journalctl -u ollama | grep -F '| 401 |' | tail -40`.", SHOW_PEERS],
    contain: [DROP_PEER, BIND_LOOPBACK, "Turn the cloud off where nobody needs it: OLLAMA_NO_CLOUD=1."],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("ten from a link-local neighbour", () => [
      many(10, 10, (second) => gin(second, "POST /api/me", "fe80::66", { status: 401 })),
    ]),
    story("ten for the account", () => [
      many(10, 10, (second) => gin(second, "POST /api/me", STRANGER, { status: 401 })),
    ]),
    story("ten chats over IPv6", () => [
      many(10, 10, (second) => gin(second, "POST /api/chat", STRANGER_6, { status: 401 })),
    ]),
    story("ten in nine minutes", () => [
      many(10, 60, (second) => gin(second, "POST /v1/chat/completions", STRANGER, { status: 401 })),
    ]),
    story("ten from a machine of the network that nobody named", () => [
      many(10, 10, (second) => gin(second, "POST /api/me", COLLEAGUE, { status: 401 })),
    ]),
    story("ten between answers", () => [
      many(20, 10, (second, index) => gin(second, "POST /api/chat", STRANGER, { status: index % 2 === 0 ? 401 : 200 })),
    ]),
  ],
  silent: [
    ...ownPeers((address) => [many(10, 10, (second) => gin(second, "POST /api/me", address, { status: 401 }))]),
    story("nine", () => [many(9, 10, (second) => gin(second, "POST /api/me", STRANGER, { status: 401 }))]),
    story("ten over more than ten minutes", () => [
      many(10, 70, (second) => gin(second, "POST /api/me", STRANGER, { status: 401 })),
    ]),
    story("ten strangers once each", () => [
      many(10, 10, (second, index) => gin(second, "POST /api/me", `203.0.113.${index + 1}`, { status: 401 })),
    ]),
    story("a proxy's own refusals", () => [
      many(10, 10, (second) => http(second, "POST /api/me", STRANGER, { status: 401 })),
    ]),
    story("refusals of another kind", () => [
      many(10, 10, (second) => gin(second, "POST /api/me", STRANGER, { status: 403 })),
    ]),
    story("ten answers", () => [many(10, 10, (second) => gin(second, "POST /api/me", STRANGER))]),
  ],
};
