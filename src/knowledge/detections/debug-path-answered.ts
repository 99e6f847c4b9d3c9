import { all, any, is, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { ROTATE_SECRETS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { COLLEAGUE, gin, http, story, STRANGER, STRANGER_6 } from "./story.ts";

/** It should be 404, always. */
export const DEBUG_PATH_ANSWERED: Detection = {
  id: "debug-path-answered",
  uuid: "68f45a2a-064d-4eca-a376-43ab578f61b3",
  title: "The model server answered on its debugging pages",
  hypothesis:
    "No release of Ollama imports Go's profiling pages, so `/debug/pprof` answers 404. A 200 means another build, another program on the port, or code that was put into the server; and the pages tell its memory.",
  severity: "high",
  ...STABLE_1,
  selections: {
    answer: {
      class: "http",
      where: all(
        starts("path", "/debug/pprof", "/debug/vars"),
        is("status", 200),
        any(is("product", "ollama"), is("toServer", true)),
      ),
    },
  },
  correlation: { kind: "each", of: "answer", by: ["observer"], withinSeconds: 86_400 },
  falsePositives: [
    "A build of one's own with profiling turned on.",
    "Another server written in Go on a port that was named as the model server's.",
  ],
  blindTo: ["The proxy's log, in which the path may belong to another application."],
  ids: { attack: ["T1190"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM02:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Ask it on the machine itself: `curl -s http://127.0.0.1:11434/debug/pprof/cmdline | tr '\\0' ' '`.",
      "Compare the program with its release: `sha256sum $(readlink -f /proc/$(pgrep -f 'ollama serve')/exe)`.",
    ],
    contain: [STOP_SERVER],
    recover: [ROTATE_SECRETS, UPGRADE],
  },
  fires: [
    story("a stranger", () => [gin(0, "GET /debug/pprof/", STRANGER)]),
    story("the machine itself", () => [gin(0, "GET /debug/pprof/heap", "127.0.0.1")]),
    story("variables", () => [gin(0, "GET /debug/vars", COLLEAGUE)]),
    story("seen on the wire", () => [
      http(0, "GET /debug/pprof/cmdline", STRANGER_6, { product: "zeek", destinationPort: 11_434 }),
    ]),
    story("a profile of thirty seconds", () => [
      gin(0, "GET /debug/pprof/profile", STRANGER, { query: "seconds=30", durationMs: 30_000 }),
    ]),
  ],
  silent: [
    story("not there", () => [gin(0, "GET /debug/pprof/", STRANGER, { status: 404 })]),
    story("refused", () => [gin(0, "GET /debug/pprof/", STRANGER, { status: 403 })]),
    story("sent elsewhere", () => [gin(0, "GET /debug/pprof", STRANGER, { status: 301 })]),
    story("no status told", () => [gin(0, "GET /debug/pprof/", STRANGER, { status: null })]),
    story("another application in the proxy's log", () => [http(0, "GET /debug/pprof/", STRANGER)]),
    story("another port", () => [http(0, "GET /debug/pprof/", STRANGER, { product: "zeek", destinationPort: 6060 })]),
    story("the words further in the path", () => [gin(0, "GET /v1/models/debug/pprof", STRANGER)]),
    story("another page below debug", () => [gin(0, "GET /debug/", STRANGER)]),
    story("the words in the query", () => [
      http(0, "GET /api/tags", STRANGER, { query: "x=/debug/pprof", product: "zeek", destinationPort: 11_434 }),
    ]),
    story("the list", () => [gin(0, "GET /api/tags", STRANGER)]),
    story("a gateway that refuses", () => [
      http(0, "GET /debug/pprof/", STRANGER, { product: "corral-gateway", status: 404 }),
    ]),
  ],
};
