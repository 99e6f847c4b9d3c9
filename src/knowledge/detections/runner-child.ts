import { all, any, contains, ends } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { BELOW_OLLAMA } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { CHECK_MODELS, LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { child, otherParents, run, story } from "./story.ts";

const BELOW = {
  parentExecutable: "/usr/local/lib/ollama/llama-server",
  parentCommandLine: "/usr/local/lib/ollama/llama-server --host 127.0.0.1 --port 40111 --offline --no-webui",
} as const;

/** Runners compute and start nothing. */
export const RUNNER_CHILD: Detection = {
  id: "runner-child",
  uuid: "0d6abb6b-78ee-49aa-ba94-16ac3a54f25d",
  title: "A runner of models started a program",
  hypothesis:
    "The runner reads model files and templates, which is where a crafted file does its work. It computes and starts no program; whatever it starts came with the file or with a prompt.",
  severity: "high",
  ...STABLE_1,
  selections: {
    program: {
      class: "process",
      where: any(
        ends(
          "parentExecutable",
          "/llama-server",
          "\\llama-server.exe",
          "/ollama_llama_server",
          "\\ollama_llama_server.exe",
        ),
        all(BELOW_OLLAMA, contains("parentCommandLine", "ollama runner ", "ollama.exe runner ", 'ollama.exe" runner ')),
      ),
    },
  },
  correlation: { kind: "each", of: "program", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A llama.cpp server that somebody set up with tools of its own.",
    "A crash handler that starts a debugger when the runner fails (gdb, lldb).",
  ],
  blindTo: ["Code inside of the runner's own process.", "Sources that do not name the parent."],
  ids: {
    attack: ["T1059"],
    attackBefore: [],
    atlas: ["AML.T0010.003", "AML.T0050", "AML.T0112"],
    owaspLlm: ["LLM03:2025", "LLM05:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      "Show which model was loaded then: `journalctl -u ollama --since TIME --until TIME | grep -E 'starting (llama-server|runner)'`.",
      CHECK_MODELS,
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD, UPGRADE],
  },
  fires: [
    story("below the runner of 0.12, its program named without a path", () => [
      child(0, "/usr/bin/id", "id", {
        parentExecutable: "ollama",
        parentCommandLine: "/usr/local/bin/ollama runner --ollama-engine --port 40111",
      }),
    ]),
    story("Windows, its path in quotes", () => [
      child(0, String.raw`C:\Windows\System32\whoami.exe`, "whoami", {
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: String.raw`"C:\Ollama\ollama.exe" runner --port 40111`,
        product: "sysmon",
      }),
    ]),
    story("Windows, below a runner of 0.12", () => [
      child(0, String.raw`C:\Windows\System32\whoami.exe`, "whoami", {
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe runner --ollama-engine --port 40111",
        product: "sysmon",
      }),
    ]),
    story("a shell below llama-server", () => [child(0, "/bin/sh", "sh -c id", BELOW)]),
    story("a tool below the runner of 0.12", () => [
      child(0, "/usr/bin/id", "id", { parentCommandLine: "/usr/local/bin/ollama runner --ollama-engine --port 40111" }),
    ]),
    story("a program below the runner of 0.3", () => [
      child(0, "/tmp/x", "/tmp/x", {
        parentExecutable: "/tmp/ollama77/runners/cpu/ollama_llama_server",
        parentCommandLine: "ollama_llama_server --port 40111",
      }),
    ]),
    story("Windows", () => [
      child(0, String.raw`C:\Windows\System32\cmd.exe`, "cmd", {
        parentExecutable: String.raw`C:\Ollama\lib\ollama\llama-server.exe`,
        parentCommandLine: "llama-server.exe --port 40111",
        product: "sysmon",
      }),
    ]),
    story("another runner below the runner", () => [
      child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40112", BELOW),
    ]),
  ],
  silent: [
    story("below a shell whose words hold the runner's", () => [
      run(0, "/usr/bin/id", "id", {
        parentExecutable: "/usr/bin/bash",
        parentCommandLine: "bash -c 'pgrep -f ollama runner '",
      }),
    ]),
    ...otherParents("/bin/sh", "sh -c id"),
    story("the runner itself, below the server", () => [
      child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111"),
    ]),
    story("a shell below the server, which has its own detection", () => [child(0, "/bin/sh", "sh")]),
    story("below a program whose name ends alike", () => [
      child(0, "/bin/sh", "sh", { parentExecutable: "/opt/my-llama-server", parentCommandLine: "my-llama-server" }),
    ]),
    story("below the command line's word for running a model", () => [
      run(0, "/bin/sh", "sh", { parentExecutable: "/usr/local/bin/ollama", parentCommandLine: "ollama run runner" }),
    ]),
    story("below the runner of another product", () => [
      run(0, "/bin/sh", "sh", { parentExecutable: "/usr/bin/gitlab-runner", parentCommandLine: "gitlab-runner run" }),
    ]),
  ],
};
