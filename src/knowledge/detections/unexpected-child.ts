import { all, any, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { SHELL_NAMES } from "../shells.ts";
import { OLLAMA_PROGRAM, STARTED_BY_NOBODY_KNOWN, STARTED_BY_SERVER } from "./conditions.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER, UPGRADE } from "./measures.ts";
import { child, listens, run, story } from "./story.ts";

const RUNNER = "/usr/local/lib/ollama/llama-server";
const RUN_MODEL = `${RUNNER} --host 127.0.0.1 --port 40111 --offline --no-webui`;

/** The server starts something that it has no reason to start. */
export const UNEXPECTED_CHILD: Detection = {
  id: "unexpected-child",
  uuid: "87b415a2-1819-4462-b48f-ad3b5fa0542d",
  title: "Ollama's server started a program that its version does not start",
  hypothesis:
    "`ollama serve` starts its own runners and nothing else. Code that runs inside of it, through a crafted model file or an exploited route, shows as a child that is in no row of the list for that version. The command line of the same binary does start shells and agents; it is told apart by the parent's word `serve` (or `start`, which means the same).",
  severity: "medium",
  ...STABLE_1,
  selections: {
    foreign: {
      class: "process",
      where: all(
        any(STARTED_BY_SERVER, all(STARTED_BY_NOBODY_KNOWN, not(OLLAMA_PROGRAM))),
        is("knownChild", false),
        not(ends("executable", ...SHELL_NAMES, "\\Windows\\System32\\conhost.exe")),
      ),
    },
  },
  correlation: { kind: "each", of: "foreign", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "A build of one's own or a package that names its runners otherwise.",
    "A new release whose children are not in the list yet: look at the executable's folder and package.",
    "Windows starts WerFault.exe beside a program that crashed.",
    "A log that does not name parents: then every program under the account `ollama` counts, `sudo -u ollama` too.",
  ],
  blindTo: [
    "Children that were started and ended between two looks, where the source polls.",
    "Code that does its work inside of the server's process or of a runner.",
    "A child that another process adopted before the source saw it: see `service-runs-foreign-program`.",
  ],
  ids: {
    attack: ["T1059"],
    attackBefore: [],
    atlas: ["AML.T0050", "AML.T0112"],
    owaspLlm: ["LLM03:2025", "LLM05:2025"],
  },
  references: [],
  whatNow: {
    confirm: [
      "Show the parent and its children: `ps -o pid,ppid,lstart,user,args --ppid $(pgrep -f 'ollama serve')`.",
      "Ask who owns the file: `dpkg -S PATH || rpm -qf PATH`, and its hash: `sha256sum PATH`.",
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD, UPGRADE],
  },
  fires: [
    story("a runner from a foreign folder, as Ollama's own log tells of it", () => [
      listens(0, "127.0.0.1"),
      child(5, "/dev/shm/llama-server", "/dev/shm/llama-server --port 33311", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        product: "ollama",
      }),
    ]),
    story("a program from the temporary folder", () => [child(0, "/tmp/.x/kworker", "/tmp/.x/kworker -o pool")]),
    story("a system tool", () => [child(0, "/usr/bin/id", "id")]),
    story("a tool after a version was told", () => [listens(0, "127.0.0.1"), child(30, "/usr/bin/uname", "uname -a")]),
    story("the runner of an older version beside a newer server", () => [
      listens(0, "127.0.0.1", { version: "0.33.0" }),
      child(
        30,
        "/tmp/ollama1/runners/cpu/ollama_llama_server",
        "/tmp/ollama1/runners/cpu/ollama_llama_server --port 1",
      ),
    ]),
    story("a runner's name in a foreign folder", () => [
      listens(0, "127.0.0.1"),
      child(30, "/dev/shm/llama-server", "/dev/shm/llama-server"),
    ]),
    story("a tool under the service's account, in a log that began after the server", () => [
      child(0, "/usr/bin/id", "id", { parentExecutable: null, parentCommandLine: null, unit: null }),
    ]),
    story("Windows", () => [
      child(0, String.raw`C:\Windows\System32\whoami.exe`, "whoami /all", {
        product: "sysmon",
        parentExecutable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama.exe`,
        parentCommandLine: String.raw`"C:\Users\alice\AppData\Local\Programs\Ollama\ollama.exe" serve`,
      }),
    ]),
  ],
  silent: [
    story("what an agent's launch fetches", () => [
      run(0, "/usr/bin/git", "git clone", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama launch claude",
      }),
    ]),
    story("below Ollama's own chat, whose prompt speaks of the server", () => [
      run(0, "/usr/bin/id", "id", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat what does ollama serve do",
      }),
    ]),
    story("a runner as Ollama's own log tells of it", () => [
      child(0, "/usr/bin/ollama", "/usr/bin/ollama runner --ollama-engine --port 33311", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        product: "ollama",
      }),
    ]),
    story("the runner of this version", () => [listens(0, "127.0.0.1"), child(30, RUNNER, RUN_MODEL)]),
    story("the runner, the version unknown", () => [child(0, RUNNER, RUN_MODEL)]),
    story("a look for devices", () => [listens(0, "::1"), child(1, RUNNER, `${RUNNER} --list-devices`)]),
    story("a look for the GPU", () => [
      listens(0, "127.0.0.1"),
      child(1, "/usr/local/bin/ollama", "/usr/local/bin/ollama gpu-discover"),
    ]),
    story("quantizing at a create", () => [
      listens(0, "127.0.0.1"),
      child(1, "/usr/local/lib/ollama/llama-quantize", "/usr/local/lib/ollama/llama-quantize a b Q4_K_M"),
    ]),
    story("a runner of 0.12", () => [
      listens(0, "127.0.0.1", { version: "0.12.3" }),
      child(5, "/usr/local/bin/ollama", "/usr/local/bin/ollama runner --ollama-engine --model m --port 40111"),
    ]),
    story("a runner of 0.3", () => [
      listens(0, "127.0.0.1", { version: "0.3.5" }),
      child(5, "/tmp/ollama77/runners/cuda_v12/ollama_llama_server", "ollama_llama_server --model m --port 40111"),
    ]),
    story("a runner for Apple's engine", () => [
      listens(0, "127.0.0.1", { version: "0.15.6" }),
      child(5, "/Applications/Ollama.app/Contents/Resources/ollama", "ollama runner --mlx-engine --model m"),
    ]),
    story("an agent that the command line starts", () => [
      run(0, "/usr/bin/node", "node claude", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama launch claude",
      }),
    ]),
    story("a tool of the command line's own chat", () => [
      run(0, "/usr/bin/ls", "ls", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat",
      }),
    ]),
    story("the console that Windows puts beside it", () => [
      child(0, String.raw`C:\Windows\System32\conhost.exe`, "conhost.exe 0x4", {
        product: "sysmon",
        parentExecutable: String.raw`C:\Users\alice\AppData\Local\Programs\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
      }),
    ]),
    story("the server's own start, the parent not told", () => [
      child(0, "/usr/local/bin/ollama", "/usr/local/bin/ollama serve", {
        parentExecutable: null,
        parentCommandLine: null,
      }),
    ]),
    story("another account's tool, the parent not told", () => [
      run(0, "/usr/bin/id", "id", { parentExecutable: null, parentCommandLine: null }),
    ]),
    story("a shell, which has its own detection", () => [child(0, "/bin/sh", "sh -c id")]),
    story("the service manager starts the server", () => [
      run(0, "/usr/local/bin/ollama", "/usr/local/bin/ollama serve", {
        parentExecutable: "/usr/lib/systemd/systemd",
        parentCommandLine: "/sbin/init",
      }),
    ]),
    story("somebody starts the same tool in a shell", () => [run(0, "/usr/bin/id", "id")]),
    story("a program of a server whose name ends alike", () => [
      child(0, "/usr/bin/id", "id", { parentExecutable: "/opt/notollama", parentCommandLine: "/opt/notollama serve" }),
    ]),
  ],
};
