import { all, contains, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { CHECK_MODELS, SHOW_ACTOR } from "./measures.ts";
import { file, story } from "./story.ts";

/** A blob's name is its hash; who else writes there? */
export const MODEL_STORE_CHANGED: Detection = {
  id: "model-store-changed",
  uuid: "ccecd9e1-4f12-4d3c-ad23-dc5830ae01c8",
  title: "Another program wrote into Ollama's store of models",
  hypothesis:
    "Ollama alone writes blobs and manifests. Another program that does replaces a model, or names another file under a name that people trust, without any request in the access log.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    written: {
      class: "file",
      where: all(
        is("action", "created", "changed"),
        contains(
          "path",
          "/.ollama/models/blobs/",
          "/.ollama/models/manifests/",
          "\\.ollama\\models\\blobs\\",
          "\\.ollama\\models\\manifests\\",
          "/ollama/models/blobs/",
          "/ollama/models/manifests/",
        ),
        not(OLLAMA_PROGRAM),
        not(ends("executable", "\\ollama app.exe", "/llama-quantize", "\\llama-quantize.exe")),
      ),
    },
  },
  correlation: { kind: "each", of: "written", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["A restore, or models brought from another machine by rsync."],
  blindTo: [
    "Stores elsewhere (OLLAMA_MODELS).",
    "Sources that do not tell the program, and changes made inside of a container.",
  ],
  ids: {
    attack: ["T1565", "T1574"],
    attackBefore: [],
    atlas: ["AML.T0018", "AML.T0018.002", "AML.T0010.003"],
    owaspLlm: ["LLM04:2025"],
  },
  references: [],
  whatNow: {
    confirm: [CHECK_MODELS, SHOW_ACTOR],
    contain: ["Load no model that changed: `ollama stop NAME`, and move the file away for whoever looks into it."],
    recover: [
      "Fetch it again: `ollama rm NAME && ollama pull NAME`, and let the store belong to the service alone: `sudo chown -R ollama:ollama /usr/share/ollama/.ollama && sudo chmod -R go-w /usr/share/ollama/.ollama`.",
    ],
  },
  fires: [
    story("a blob replaced", () => [
      file(0, "changed", `/usr/share/ollama/.ollama/models/blobs/sha256-${"ab".repeat(32)}`, {
        executable: "/usr/bin/cp",
        user: "root",
      }),
    ]),
    story("a manifest edited", () => [
      file(0, "changed", "/home/alice/.ollama/models/manifests/registry.ollama.ai/library/example-chat/latest", {
        executable: "/usr/bin/vim",
        user: "alice",
      }),
    ]),
    story("a manifest of a new name", () => [
      file(0, "created", "/usr/share/ollama/.ollama/models/manifests/registry.ollama.ai/library/x/latest", {
        executable: "/usr/bin/python3",
      }),
    ]),
    story("a store in another folder", () => [
      file(0, "created", "/var/lib/ollama/models/blobs/sha256-ab", { executable: "/usr/bin/curl", user: "root" }),
    ]),
    story("Windows", () => [
      file(0, "changed", String.raw`C:\Users\alice\.ollama\models\blobs\sha256-ab`, {
        executable: String.raw`C:\Windows\System32\cmd.exe`,
        user: "alice",
      }),
    ]),
  ],
  silent: [
    story("quantizing on Windows", () => [
      file(0, "created", String.raw`C:\Users\alice\.ollama\models\blobs\sha256-cd`, {
        executable: String.raw`C:\Ollama\lib\ollama\llama-quantize.exe`,
        user: "alice",
      }),
    ]),
    story("the server pulls", () => [file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-ab-partial")]),
    story("the server names a model", () => [
      file(0, "created", "/usr/share/ollama/.ollama/models/manifests/registry.ollama.ai/library/x/latest"),
    ]),
    story("the server on Windows", () => [
      file(0, "created", String.raw`C:\Users\alice\.ollama\models\blobs\sha256-ab`, {
        executable: String.raw`C:\Ollama\ollama.exe`,
        user: "alice",
      }),
    ]),
    story("the desktop app", () => [
      file(0, "created", String.raw`C:\Users\alice\.ollama\models\blobs\sha256-ab`, {
        executable: String.raw`C:\Ollama\ollama app.exe`,
        user: "alice",
      }),
    ]),
    story("quantizing", () => [
      file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-cd", {
        executable: "/usr/local/lib/ollama/llama-quantize",
      }),
    ]),
    story("deleted by hand", () => [
      file(0, "deleted", "/usr/share/ollama/.ollama/models/blobs/sha256-ab", {
        executable: "/usr/bin/rm",
        user: "root",
      }),
    ]),
    story("another framework's store", () => [
      file(0, "created", "/home/alice/.lmstudio/models/a/b/c.gguf", { executable: "/usr/bin/cp", user: "alice" }),
    ]),
    story("the server's settings", () => [
      file(0, "changed", "/usr/share/ollama/.ollama/server.json", { executable: "/usr/bin/vim", user: "root" }),
    ]),
    story("a copy of the store elsewhere", () => [
      file(0, "created", "/backup/blobs/sha256-ab", { executable: "/usr/bin/rsync", user: "root" }),
    ]),
    story("no program told", () => [
      file(0, "changed", "/usr/share/ollama/.ollama/models/blobs/sha256-ab", { executable: null }),
    ]),
    story("a container's registry", () => [
      file(0, "created", "/var/lib/registry/blobs/sha256/ab/data", { executable: "/bin/registry", user: "root" }),
    ]),
  ],
};
