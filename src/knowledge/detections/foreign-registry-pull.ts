import { all, any, contains, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { CHECK_MODELS, SHOW_ACCESS, UPGRADE } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { COLLEAGUE, gin, http, story, STRANGER } from "./story.ts";

/** The name of the model holds the host. */
export const FOREIGN_REGISTRY_PULL: Detection = {
  id: "foreign-registry-pull",
  uuid: "104a2700-1a8b-43a3-8445-287446d42121",
  title: "A model was pulled from a registry that is none of the usual ones",
  hypothesis:
    "A model's name may begin with a host: whoever can ask makes the server fetch a model from their own machine, and reach addresses that only it reaches.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    pull: {
      class: "http",
      where: all(
        is("route", "pull", "create"),
        any(
          contains(
            "model",
            "://",
            ".com/",
            ".co/",
            ".ai/",
            ".me/",
            ".cn/",
            ".org/",
            ".net/",
            ".io/",
            ".dev/",
            ".xyz/",
            ".top/",
            ".local/",
            ".lan/",
            ".internal/",
            ":443/",
            ":80/",
            ":5000/",
            ":8080/",
          ),
          all(
            starts("model", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            contains("model", "0/", "1/", "2/", "3/", "4/", "5/", "6/", "7/", "8/", "9/"),
            contains("model", "."),
          ),
        ),
        not(
          starts(
            "model",
            "registry.ollama.ai/",
            "https://registry.ollama.ai/",
            "ollama.com/",
            "https://ollama.com/",
            "hf.co/",
            "https://hf.co/",
            "huggingface.co/",
            "https://huggingface.co/",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "pull", by: ["model"], withinSeconds: 3_600 },
  falsePositives: ["A registry of one's own.", "A mirror of a known registry under another name."],
  blindTo: [
    "Logs that do not tell the model; Ollama's own does not. Corral's gateway does.",
    "Hosts under other endings, and models that a create takes `from` elsewhere.",
  ],
  ids: { attack: ["T1105", "T1195.002"], attackBefore: [], atlas: ["AML.T0010.003"], owaspLlm: ["LLM03:2025"] },
  references: [REFERENCES.cve7482],
  whatNow: {
    confirm: [
      "Show where each model came from: `ls /usr/share/ollama/.ollama/models/manifests/` (one folder for each registry).",
      SHOW_ACCESS,
    ],
    contain: [
      "Remove the model: `ollama rm NAME`; keep its manifest and blobs aside first if somebody is to look into them.",
    ],
    recover: [UPGRADE, CHECK_MODELS],
  },
  fires: [
    story("a foreign host", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "models.example.com/library/example-chat:latest" }),
    ]),
    story("an address", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "203.0.113.9/library/example-chat" })]),
    story("an address with a port, without TLS", () => [
      http(0, "POST /api/pull", STRANGER, { model: "http://10.0.0.9:5000/x/y" }),
    ]),
    story("a name of the network", () => [http(0, "POST /api/pull", "127.0.0.1", { model: "nas.lan/x/y" })]),
    story("a host that only begins like a known one", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "hf.co.example.xyz/x/y" }),
    ]),
    story("a create from elsewhere", () => [http(0, "POST /api/create", COLLEAGUE, { model: "evil.example.top/a/b" })]),
  ],
  silent: [
    story("a namespace of digits", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "360/example:7b" })]),
    story("a namespace with a version in it", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "v2.0/example:7b" }),
    ]),
    story("the usual library", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "example-chat:latest" })]),
    story("a version with a dot", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "example2.5:7b" })]),
    story("a namespace", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "somebody/example-chat:8b" })]),
    story("a namespace that begins with a digit", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "7shi/example3.2:3b" }),
    ]),
    story("the usual registry in full", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "registry.ollama.ai/library/example-chat" }),
    ]),
    story("Hugging Face", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "hf.co/somebody/example-GGUF:Q4_K_M" }),
    ]),
    story("Hugging Face in full", () => [
      http(0, "POST /api/pull", COLLEAGUE, { model: "huggingface.co/somebody/example-GGUF" }),
    ]),
    story("no model told", () => [gin(0, "POST /api/pull", STRANGER)]),
    story("a chat with a model of a foreign host", () => [
      http(0, "POST /api/chat", COLLEAGUE, { model: "models.example.com/library/example-chat" }),
    ]),
    story("a delete of such a model", () => [
      http(0, "DELETE /api/delete", COLLEAGUE, { model: "models.example.com/library/example-chat" }),
    ]),
    story("a cloud model", () => [http(0, "POST /api/pull", COLLEAGUE, { model: "example-large:cloud" })]),
  ],
};
