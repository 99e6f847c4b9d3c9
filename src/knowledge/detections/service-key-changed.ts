import { absent, all, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { SHOW_ACTOR } from "./measures.ts";
import { file, story } from "./story.ts";

/** The key stands for the machine at ollama.com. */
export const SERVICE_KEY_CHANGED: Detection = {
  id: "service-key-changed",
  uuid: "9f73cc37-1df2-4081-8a25-324c687d001f",
  title: "The server's own key was replaced or copied over by another program",
  hypothesis:
    "`id_ed25519` in the server's folder is its identity: with it models are pushed and the cloud account is used. Only Ollama writes it, at its first start; another program that writes or deletes it gives the machine another identity.",
  severity: "high",
  ...STABLE_1,
  selections: {
    changed: {
      class: "file",
      where: all(
        ends(
          "path",
          "/.ollama/id_ed25519",
          "/.ollama/id_ed25519.pub",
          "\\.ollama\\id_ed25519",
          "\\.ollama\\id_ed25519.pub",
        ),
        not(OLLAMA_PROGRAM),
        not(ends("executable", "\\ollama app.exe")),
        not(absent("executable")),
      ),
    },
  },
  correlation: { kind: "each", of: "changed", by: ["observer", "path"], withinSeconds: 3_600 },
  falsePositives: ["A restore from a copy, or a move to another machine.", "Tools that set up machines."],
  blindTo: ["Reading: file records here tell of writing alone.", "Sources that do not tell the program."],
  ids: { attack: ["T1552.004", "T1565"], attackBefore: [], atlas: ["AML.T0112"], owaspLlm: ["LLM02:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show it: `sudo ls -l --time-style=full-iso /usr/share/ollama/.ollama/`, `sudo ssh-keygen -lf /usr/share/ollama/.ollama/id_ed25519.pub`; compare with the keys of the account at ollama.com.",
      SHOW_ACTOR,
    ],
    contain: ["Remove the key from the account at ollama.com, and stop the service: `sudo systemctl stop ollama`."],
    recover: ["Delete the pair, start Ollama, which makes a new one, and sign in again: `ollama signin`."],
  },
  fires: [
    story("copied over", () => [
      file(0, "changed", "/usr/share/ollama/.ollama/id_ed25519", { executable: "/usr/bin/cp", user: "root" }),
    ]),
    story("deleted", () => [
      file(0, "deleted", "/home/alice/.ollama/id_ed25519", { executable: "/usr/bin/rm", user: "alice" }),
    ]),
    story("the public half", () => [
      file(0, "changed", "/root/.ollama/id_ed25519.pub", { executable: "/usr/bin/vim", user: "root" }),
    ]),
    story("made by another tool", () => [
      file(0, "created", "/usr/share/ollama/.ollama/id_ed25519", { executable: "/usr/bin/ssh-keygen" }),
    ]),
    story("Windows", () => [
      file(0, "changed", String.raw`C:\Users\alice\.ollama\id_ed25519`, {
        executable: String.raw`C:\Windows\System32\cmd.exe`,
        user: "alice",
      }),
    ]),
  ],
  silent: [
    story("the server on Windows makes it", () => [
      file(0, "created", String.raw`C:\Users\alice\.ollama\id_ed25519`, {
        executable: String.raw`C:\Ollama\ollama.exe`,
        user: "alice",
      }),
    ]),
    story("the server makes it", () => [file(0, "created", "/usr/share/ollama/.ollama/id_ed25519")]),
    story("the server makes the public half", () => [file(0, "created", "/usr/share/ollama/.ollama/id_ed25519.pub")]),
    story("the command line makes it", () => [file(0, "created", "/home/alice/.ollama/id_ed25519", { user: "alice" })]),
    story("the desktop app on Windows", () => [
      file(0, "created", String.raw`C:\Users\alice\.ollama\id_ed25519`, {
        executable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama app.exe`,
        user: "alice",
      }),
    ]),
    story("the desktop app on macOS", () => [
      file(0, "created", "/Users/alice/.ollama/id_ed25519", {
        executable: "/Applications/Ollama.app/Contents/MacOS/Ollama",
        user: "alice",
      }),
    ]),
    story("somebody's key for logins", () => [
      file(0, "created", "/home/alice/.ssh/id_ed25519", { executable: "/usr/bin/ssh-keygen", user: "alice" }),
    ]),
    story("a history file beside it", () => [
      file(0, "changed", "/home/alice/.ollama/history", { executable: "/usr/bin/vim", user: "alice" }),
    ]),
    story("a copy elsewhere", () => [
      file(0, "created", "/backup/ollama/id_ed25519", { executable: "/usr/bin/rsync", user: "root" }),
    ]),
    story("a name that begins alike", () => [
      file(0, "created", "/home/alice/.ollama/id_ed25519.bak", { executable: "/usr/bin/cp", user: "alice" }),
    ]),
    story("no program told", () => [
      file(0, "changed", "/home/alice/.ollama/id_ed25519", { executable: null, user: "alice" }),
    ]),
    story("a model", () => [
      file(0, "created", "/usr/share/ollama/.ollama/models/blobs/sha256-ab", {
        executable: "/usr/bin/cp",
        user: "root",
      }),
    ]),
  ],
};
