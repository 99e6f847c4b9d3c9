import { all, any, ends } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { SHELL_NAMES } from "../shells.ts";
import { STARTED_BY_NOBODY_KNOWN, STARTED_BY_SERVER } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, SHOW_ACCESS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { child, listens, otherParents, run, story } from "./story.ts";

const WINDOWS = {
  product: "sysmon",
  parentExecutable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama.exe`,
  parentCommandLine: String.raw`"C:\Users\alice\AppData\Local\Programs\Ollama\ollama.exe" serve`,
} as const;

/** A shell below `serve` has no honest reason. */
export const SHELL_CHILD: Detection = {
  id: "shell-child",
  uuid: "3f06e07f-52d6-4093-a9bf-2c3764eb26c6",
  title: "Ollama's server started a shell or an interpreter",
  hypothesis:
    "Whoever makes the server run code starts a shell first. No version of `ollama serve` starts one; the command line of the same binary does (bash or PowerShell for its tools from 0.14.0, agents from 0.15.0), and is told apart by the parent's word `serve` (or `start`, which means the same).",
  severity: "high",
  ...STABLE_1,
  selections: {
    shell: {
      class: "process",
      where: all(any(STARTED_BY_SERVER, STARTED_BY_NOBODY_KNOWN), ends("executable", ...SHELL_NAMES)),
    },
  },
  correlation: { kind: "each", of: "shell", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A wrapper script of one's own around the runner or the GPU's tools, in a build of one's own.",
    "A log that does not name parents: then every shell under the account `ollama` counts, `sudo -u ollama` too.",
  ],
  blindTo: [
    "Shells whose parent the source does not name, or that another process adopted first: see `service-runs-foreign-program`.",
    "Shells that lived between two looks, where the source polls.",
    "Code inside of the server's own process.",
  ],
  ids: {
    attack: ["T1059", "T1059.001", "T1059.003", "T1059.004", "T1059.006", "T1190"],
    attackBefore: [],
    atlas: ["AML.T0050", "AML.T0072", "AML.T0112"],
    owaspLlm: ["LLM05:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      "Show the tree: `pstree -aps $(pgrep -f 'ollama serve')`, and the record again: `sudo ausearch -ua ollama -x EXECUTABLE -i`.",
      SHOW_ACCESS,
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD, UPGRADE],
  },
  fires: [
    story("below a server that was started by its other word", () => [
      child(0, "/bin/sh", "sh -c id", { parentCommandLine: "/usr/local/bin/ollama start" }),
    ]),
    story("below the server on Windows, which the row names without a path", () => [
      child(0, String.raw`C:\Windows\System32\cmd.exe`, "cmd /c whoami", {
        parentExecutable: "ollama.exe",
        parentCommandLine: "ollama.exe serve",
        user: null,
        unit: null,
        product: "ollama",
      }),
    ]),
    story("below the server, which the row names without a path", () => [
      child(0, "/bin/sh", "sh -c id", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        user: null,
        unit: null,
        product: "ollama",
      }),
    ]),
    story("sh", () => [child(0, "/bin/sh", "sh -c id")]),
    story("bash that calls home", () => [child(0, "/usr/bin/bash", "bash -i")]),
    story("Python", () => [child(0, "/usr/bin/python3.11", "python3.11 -c 'import os'")]),
    story("PowerShell", () => [
      child(0, String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`, "powershell -nop", WINDOWS),
    ]),
    story("the command prompt", () => [child(0, String.raw`C:\Windows\System32\cmd.exe`, "cmd /c whoami", WINDOWS)]),
    story("a server in a home folder, under another account", () => [
      child(0, "/bin/zsh", "zsh", {
        parentExecutable: "/home/alice/bin/ollama",
        parentCommandLine: "./ollama serve",
        user: "alice",
        unit: null,
      }),
    ]),
    story("under the service's account, in a log that began after the server", () => [
      child(0, "/usr/bin/bash", "bash -i", { parentExecutable: null, parentCommandLine: null, unit: null }),
    ]),
    story("after runners of its own", () => [
      listens(0, "127.0.0.1"),
      child(10, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111"),
      child(60, "/bin/sh", "sh"),
    ]),
  ],
  silent: [
    ...otherParents("/bin/sh", "sh -c id"),
    story("somebody else's shell, the parent not told", () => [
      run(0, "/bin/sh", "sh -c id", { parentExecutable: null, parentCommandLine: null }),
    ]),
    story("the runner of this version", () => [
      listens(0, "127.0.0.1"),
      child(10, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111"),
    ]),
    story("a runner started by the same binary", () => [
      child(10, "/usr/local/bin/ollama", "ollama runner --port 40111"),
    ]),
    story("a tool that is no shell, which has its own detection", () => [child(0, "/usr/bin/id", "id")]),
    story("a program whose name ends alike", () => [child(0, "/usr/local/lib/ollama/notsh", "notsh")]),
    story("the desktop app's own helpers", () => [
      child(0, String.raw`C:\Windows\System32\cmd.exe`, "cmd /c taskkill", {
        ...WINDOWS,
        parentExecutable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama app.exe`,
        parentCommandLine: "ollama app.exe",
      }),
    ]),
    story("PowerShell as a tool of the command line", () => [
      child(0, String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`, "powershell -c ls", {
        ...WINDOWS,
        parentCommandLine: "ollama.exe run example-chat",
      }),
    ]),
  ],
};
