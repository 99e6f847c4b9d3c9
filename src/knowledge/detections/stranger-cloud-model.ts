import { all, any, contains, ends, is } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BY_STRANGER, DONE } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_ACCESS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { gin, http, notStrangers, story, STRANGER, STRANGER_6 } from "./story.ts";

/** The bill goes to somebody. */
export const STRANGER_CLOUD_MODEL: Detection = {
  id: "stranger-cloud-model",
  uuid: "f543e8ab-90b2-4d33-a223-2b42d2204230",
  title: "A stranger used a cloud model on the owner's account",
  hypothesis:
    "A server that is signed in passes requests for `:cloud` models on to ollama.com under its owner's account, whoever asks. Strangers spend the plan's quota, and what they ask stands under the owner's name.",
  severity: "high",
  ...STABLE_1,
  selections: {
    cloud: {
      class: "http",
      where: all(
        BY_STRANGER,
        any(is("risk", "B"), is("route", "v1-model", "show")),
        any(ends("model", ":cloud", "-cloud"), contains("path", ":cloud", "-cloud")),
        DONE,
      ),
    },
  },
  correlation: { kind: "each", of: "cloud", by: ["sourceIp"], withinSeconds: 3_600 },
  falsePositives: ["The owner from an address that nobody named.", "A model of one's own whose name ends in `-cloud`."],
  blindTo: ["Logs that do not tell the model: Ollama's own does not. Corral's gateway does."],
  ids: {
    attack: ["T1496", "T1133"],
    attackBefore: [],
    atlas: ["AML.T0034", "AML.T0034.001"],
    owaspLlm: ["LLM10:2025"],
  },
  references: [REFERENCES.cloudQuota],
  whatNow: {
    confirm: [
      "Show cloud models on the server: `ollama list | grep -E ':cloud|-cloud'`, and the account's usage at ollama.com.",
      SHOW_ACCESS,
    ],
    contain: [
      "Sign the server out: `ollama signout`, or turn the cloud off: OLLAMA_NO_CLOUD=1 in the service's environment.",
      BIND_LOOPBACK,
    ],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("the detail of a size, in Ollama's own log", () => [
      gin(0, "GET /v1/models/example-large:120b-cloud", STRANGER),
    ]),
    story("a chat", () => [
      http(0, "POST /api/chat", STRANGER, { model: "example-large:cloud", product: "corral-gateway" }),
    ]),
    story("a size before the word", () => [
      http(0, "POST /v1/chat/completions", STRANGER, { model: "example-large:120b-cloud", product: "corral-gateway" }),
    ]),
    story("IPv6, capitals", () => [
      http(0, "POST /v1/messages", STRANGER_6, { model: "Example-Large:Cloud", product: "corral-gateway" }),
    ]),
    story("a look at its card", () => [
      http(0, "POST /api/show", STRANGER, { model: "example-large:cloud", product: "corral-gateway" }),
    ]),
    story("the detail in the OpenAI form, in Ollama's own log", () => [
      gin(0, "GET /v1/models/example-large:cloud", STRANGER),
    ]),
  ],
  silent: [
    story("a pull of its stub, which has its own detection", () => [
      http(0, "POST /api/pull", STRANGER, { model: "example-large:cloud" }),
    ]),
    ...notStrangers((address) => [http(0, "POST /api/chat", address, { model: "example-large:cloud" })]),
    story("a local model", () => [http(0, "POST /api/chat", STRANGER, { model: "example-chat:latest" })]),
    story("a model with the word in its name", () => [
      http(0, "POST /api/chat", STRANGER, { model: "cloud-helper:7b" }),
    ]),
    story("refused", () => [http(0, "POST /api/chat", STRANGER, { model: "example-large:cloud", status: 403 })]),
    story("no sign-in", () => [http(0, "POST /api/chat", STRANGER, { model: "example-large:cloud", status: 401 })]),
    story("no model told", () => [gin(0, "POST /api/chat", STRANGER)]),
    story("a list", () => [http(0, "GET /api/tags", STRANGER)]),
  ],
};
