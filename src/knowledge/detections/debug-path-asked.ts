import { all, any, is, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FROM_AFAR } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, DROP_PEER, PUT_GATEWAY, SHOW_PEERS } from "./measures.ts";
import { COLLEAGUE, gin, http, ownPeers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** Go servers that left them in tell their memory. */
export const DEBUG_PATH_ASKED: Detection = {
  id: "debug-path-asked",
  uuid: "45efd46f-9da4-4920-9f88-0fa40a2ab051",
  title: "Somebody asked the model server for its debugging pages",
  hypothesis:
    "Servers written in Go may offer `/debug/pprof`, which tells memory, goroutines and command line. Ollama's does not; who asks tries.",
  severity: "low",
  ...STABLE_1,
  selections: {
    question: {
      class: "http",
      where: all(FROM_AFAR, starts("path", "/debug/"), any(is("product", "ollama"), is("toServer", true))),
    },
  },
  correlation: { kind: "each", of: "question", by: ["sourceIp"], withinSeconds: 86_400 },
  falsePositives: ["A scan that the organisation does itself."],
  blindTo: ["The proxy's log, in which the path may belong to another application."],
  ids: { attack: ["T1595"], attackBefore: [], atlas: ["AML.T0006"], owaspLlm: ["LLM10:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "See what it answers, on the machine itself: `curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:11434/debug/pprof/`; 404 is right.",
      SHOW_PEERS,
    ],
    contain: [DROP_PEER, BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("a link-local neighbour", () => [gin(0, "GET /debug/pprof/", "fe80::66", { status: 404 })]),
    story("Ollama's own log", () => [gin(0, "GET /debug/pprof/", STRANGER, { status: 404 })]),
    story("IPv6", () => [gin(0, "GET /debug/pprof/heap", STRANGER_6, { status: 404 })]),
    story("seen on the wire", () => [
      http(0, "GET /debug/pprof/cmdline", STRANGER, { status: 404, product: "zeek", destinationPort: 11_434 }),
    ]),
    story("variables instead of profiles", () => [gin(0, "GET /debug/vars", STRANGER, { status: 404 })]),
    story("a machine of the network that nobody named", () => [
      gin(0, "GET /debug/pprof/", COLLEAGUE, { status: 404 }),
    ]),
  ],
  silent: [
    ...ownPeers((address) => [gin(0, "GET /debug/pprof/", address, { status: 404 })]),
    story("another application in the proxy's log", () => [http(0, "GET /debug/pprof/", STRANGER, { status: 404 })]),
    story("another port", () => [http(0, "GET /debug/pprof/", STRANGER, { product: "zeek", destinationPort: 6060 })]),
    story("the word further in the path", () => [gin(0, "GET /v1/models/debug/pprof", STRANGER, { status: 404 })]),
    story("a path that begins alike", () => [gin(0, "GET /debugger", STRANGER, { status: 404 })]),
    story("the list", () => [gin(0, "GET /api/tags", STRANGER)]),
  ],
};
