import { all, contains, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { FRAMEWORK_FOLDERS, MODEL_FILE_ENDINGS } from "../llm-frameworks.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { file, story } from "./story.ts";

/** Weights on a desk. */
export const MODEL_FILE_OUTSIDE_STORE: Detection = {
  id: "model-file-outside-store",
  uuid: "e2b64188-0fbd-4723-9912-fa68007b519e",
  title: "A model's file was written outside of every known store",
  hypothesis:
    "Frameworks keep models in folders of their own. A file with weights elsewhere was fetched or copied by hand: not from a registry, without a digest that anybody checked.",
  severity: "low",
  ...EXPERIMENTAL_1,
  selections: {
    file: {
      class: "file",
      where: all(
        is("action", "created"),
        ends("path", ...MODEL_FILE_ENDINGS),
        not(contains("path", ...FRAMEWORK_FOLDERS)),
      ),
    },
  },
  correlation: { kind: "each", of: "file", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["People who train or convert models.", "A store that was moved: name its folder in a suppression."],
  blindTo: [
    "Files under other endings; Ollama's own blobs have none.",
    "Files that a browser writes under another name first and renames.",
  ],
  ids: { attack: ["T1105"], attackBefore: [], atlas: ["AML.T0010.003"], owaspLlm: ["LLM03:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Look at its beginning: `head -c 4 PATH | xxd` (GGUF says `GGUF`), and take its hash: `sha256sum PATH`; look for the hash on the page that it claims to come from.",
    ],
    contain: ["Load it nowhere until somebody knows where it comes from: `chmod 000 PATH`."],
    recover: ["Fetch the model from a registry that you trust."],
  },
  fires: [
    story("a download", () => [
      file(0, "created", "/home/alice/Downloads/example-7b.Q4_K_M.gguf", {
        executable: "/usr/lib/firefox/firefox",
        user: "alice",
      }),
    ]),
    story("Windows", () => [
      file(0, "created", String.raw`C:\Users\alice\Desktop\model.safetensors`, {
        executable: String.raw`C:\Windows\explorer.exe`,
        user: "alice",
      }),
    ]),
    story("the temporary folder", () => [
      file(0, "created", "/tmp/x.gguf", { executable: "/usr/bin/curl", user: "root" }),
    ]),
    story("a file that is program and model in one", () => [
      file(0, "created", "/srv/share/example.llamafile", { executable: "/usr/sbin/smbd", user: "nobody" }),
    ]),
    story("capitals", () => [file(0, "created", "/srv/A.GGUF", { executable: "/usr/bin/cp", user: "alice" })]),
  ],
  silent: [
    story("Ollama's store", () => [file(0, "created", "/usr/share/ollama/.ollama/models/blobs/x.gguf")]),
    story("LM Studio's store", () => [file(0, "created", String.raw`C:\Users\alice\.lmstudio\models\a\b\c.gguf`)]),
    story("Hugging Face's store", () => [file(0, "created", "/home/alice/.cache/huggingface/hub/a/model.safetensors")]),
    story("the store of Hugging Face on Windows", () => [
      file(0, "created", String.raw`C:\Users\alice\.cache\huggingface\hub\model.safetensors`),
    ]),
    story("GPT4All's store", () => [file(0, "created", "/home/alice/.local/share/nomic.ai/GPT4All/m.gguf")]),
    story("a blob without an ending", () => [file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-ab")]),
    story("an archive", () => [file(0, "created", "/home/alice/Downloads/model.zip")]),
    story("a picture whose name holds the word", () => [file(0, "created", "/home/alice/gguf.png")]),
    story("a download that is not done", () => [file(0, "created", "/home/alice/Downloads/m.gguf.part")]),
    story("deleted", () => [file(0, "deleted", "/home/alice/Downloads/m.gguf")]),
    story("changed, not new", () => [file(0, "changed", "/home/alice/m.gguf")]),
  ],
};
