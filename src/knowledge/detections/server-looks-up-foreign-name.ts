import { all, any, contains, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, RUNNER_PROGRAM } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { CHECK_MODELS, STOP_SERVER } from "./measures.ts";
import { dns, story } from "./story.ts";

/** Where does it fetch from? */
export const SERVER_LOOKS_UP_FOREIGN_NAME: Detection = {
  id: "server-looks-up-foreign-name",
  uuid: "fe087005-6b31-4554-b428-b7eb31218c39",
  title: "The model server looked up a name that is no registry of models",
  hypothesis:
    "Ollama looks up ollama.com, its registry, the store behind it and, when told, Hugging Face. Another name was given by somebody who asked it to pull, or came with a model.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    lookup: {
      class: "dns",
      where: all(
        any(OLLAMA_PROGRAM, RUNNER_PROGRAM),
        contains("question", "."),
        not(is("question", "ollama.com", "ollama.ai", "hf.co", "huggingface.co", "github.com")),
        not(
          ends(
            "question",
            ".ollama.com",
            ".ollama.ai",
            ".r2.cloudflarestorage.com",
            ".hf.co",
            ".huggingface.co",
            ".githubusercontent.com",
            ".local",
            ".lan",
            ".internal",
            ".home.arpa",
            ".in-addr.arpa",
            ".ip6.arpa",
            ".localhost",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "lookup", by: ["observer", "question"], withinSeconds: 86_400 },
  falsePositives: [
    "A registry or proxy of one's own.",
    "The command line of the same binary, which asks a server elsewhere by name.",
  ],
  blindTo: [
    "Registries that are named by address alone: see `server-reaches-odd-port`.",
    "Names looked up by the system's resolver, whose program is then the one that is told.",
  ],
  ids: { attack: ["T1105", "T1195.002"], attackBefore: [], atlas: ["AML.T0010.003"], owaspLlm: ["LLM03:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show where models came from: `ls /usr/share/ollama/.ollama/models/manifests/` (one folder for each registry).",
      "Show who asked for it: `journalctl -u ollama --since TIME --until TIME | grep -E 'GIN.*(pull|create|push)'`.",
    ],
    contain: [STOP_SERVER],
    recover: [CHECK_MODELS],
  },
  fires: [
    story("a foreign registry", () => [dns(0, "models.example.com")]),
    story("a name that ends alike", () => [dns(0, "notollama.com")]),
    story("a name that begins alike", () => [dns(0, "ollama.com.example.org")]),
    story("a runner", () => [dns(0, "example.net", { executable: "/usr/local/lib/ollama/llama-server" })]),
    story("Windows", () => [dns(0, "cdn.example.xyz", { executable: String.raw`C:\Ollama\ollama.exe` })]),
  ],
  silent: [
    story("the maker", () => [dns(0, "ollama.com")]),
    story("the registry", () => [dns(0, "registry.ollama.ai")]),
    story("the store behind it", () => [dns(0, "dd20bb891979d25aebc8bec07b2b3bbc.r2.cloudflarestorage.com")]),
    story("Hugging Face", () => [dns(0, "huggingface.co")]),
    story("Hugging Face's store", () => [dns(0, "cas-bridge.xethub.hf.co")]),
    story("releases", () => [dns(0, "objects.githubusercontent.com")]),
    story("a machine of the network", () => [dns(0, "nas.lan")]),
    story("the machine's own name", () => [dns(0, "gpu-1")]),
    story("an address looked up backwards", () => [dns(0, "5.0.0.10.in-addr.arpa")]),
    story("another program", () => [dns(0, "models.example.com", { executable: "/usr/bin/curl" })]),
    story("no program told", () => [dns(0, "models.example.com", { executable: null })]),
  ],
};
