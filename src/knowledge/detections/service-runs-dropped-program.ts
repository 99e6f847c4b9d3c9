import { all, any, contains, is, not, starts } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STARTED_BY_SERVER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER } from "./measures.ts";
import { child, listens, run, story } from "./story.ts";

/** What was fetched is run where it fell. */
export const SERVICE_RUNS_DROPPED_PROGRAM: Detection = {
  id: "service-runs-dropped-program",
  uuid: "b15a48b4-1eb1-494a-8c78-71f2f1f95e43",
  title: "Ollama's account ran a program from a folder that anybody writes",
  hypothesis:
    "A program that an intruder brought lies where the service may write: /tmp, /var/tmp, /dev/shm, or only in memory. Ollama's own programs live in its installation; only releases before 0.5.2 unpacked theirs below /tmp.",
  severity: "high",
  ...EXPERIMENTAL_1,
  selections: {
    dropped: {
      class: "process",
      where: all(
        any(STARTED_BY_SERVER, is("user", "ollama"), contains("unit", "ollama.service")),
        any(
          starts("executable", "/tmp/", "/var/tmp/", "/dev/shm/", "/run/shm/", "/proc/self/fd/", "memfd:", "/memfd:"),
          contains("executable", "\\AppData\\Local\\Temp\\", "\\Windows\\Temp\\", "\\Users\\Public\\"),
        ),
        not(is("knownChild", true)),
      ),
    },
  },
  correlation: { kind: "each", of: "dropped", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: ["An installer or an update that unpacks into a temporary folder under the service's account."],
  blindTo: [
    "Programs in folders that only the service may write, below its home for one.",
    "Scripts given to an interpreter: see `shell-child`.",
  ],
  ids: { attack: ["T1105", "T1059"], attackBefore: [], atlas: ["AML.T0112"], owaspLlm: ["LLM05:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Keep the file and its hash before it goes: `sudo cp -p PATH /root/evidence/ && sha256sum PATH`; of a program that runs: `sudo cp /proc/PID/exe /root/evidence/`.",
      "Show the process: `ps -o pid,ppid,lstart,user,args -p PID`, `sudo ss -Htnp | grep pid=PID`.",
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD],
  },
  fires: [
    story("below the server, which the row names without a path", () => [
      child(0, "/tmp/.x/kworker", "kworker", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        user: null,
        unit: null,
        product: "ollama",
      }),
    ]),
    story("Windows, the folder of all users", () => [
      child(0, String.raw`C:\Users\Public\up.exe`, "up.exe", {
        user: "alice",
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
        product: "sysmon",
      }),
    ]),
    story("Windows, the system's folder for temporary files", () => [
      child(0, String.raw`C:\Windows\Temp\up.exe`, "up.exe", {
        user: "alice",
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
        product: "sysmon",
      }),
    ]),
    story("an older runner beside a newer server", () => [
      listens(0, "127.0.0.1", { version: "0.33.0" }),
      child(5, "/tmp/ollama77/runners/cpu/ollama_llama_server", "ollama_llama_server --port 40111"),
    ]),
    story("below the server, from /tmp", () => [child(0, "/tmp/.x/kworker", "kworker")]),
    story("under the service's account, from memory", () => [run(0, "/dev/shm/a", "a", { user: "ollama" })]),
    story("in the unit, from /var/tmp", () => [run(0, "/var/tmp/m", "m", { user: "root", unit: "ollama.service" })]),
    story("a file that is in memory alone", () => [run(0, "memfd:x", "x", { user: "ollama" })]),
    story("Windows", () => [
      child(0, String.raw`C:\Users\alice\AppData\Local\Temp\up.exe`, "up.exe", {
        user: "alice",
        parentExecutable: String.raw`C:\Ollama\ollama.exe`,
        parentCommandLine: "ollama.exe serve",
        product: "sysmon",
      }),
    ]),
  ],
  silent: [
    story("what an agent's launch unpacks", () => [
      run(0, "/tmp/x", "x", { parentExecutable: "/usr/local/bin/ollama", parentCommandLine: "ollama launch claude" }),
    ]),
    story("below Ollama's own chat, whose prompt speaks of the server", () => [
      run(0, "/tmp/x", "x", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat what does ollama serve do",
      }),
    ]),
    story("a tool that Ollama's own chat starts for somebody", () => [
      run(0, "/tmp/x", "x", {
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat",
      }),
    ]),
    story("somebody's program below a shell that speaks of the server", () => [
      run(0, "/tmp/x", "x", {
        parentExecutable: "/usr/bin/bash",
        parentCommandLine: "bash -c 'ollama serve & /tmp/x'",
      }),
    ]),
    story("an older runner", () => [
      listens(0, "127.0.0.1", { version: "0.3.5" }),
      child(5, "/tmp/ollama77/runners/cpu/ollama_llama_server", "ollama_llama_server --port 40111"),
    ]),
    story("an older runner, the version unknown", () => [
      child(5, "/tmp/ollama77/runners/cuda_v12/ollama_llama_server", "ollama_llama_server --port 40111"),
    ]),
    story("the runner in its installation", () => [
      child(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111"),
    ]),
    story("somebody else's program in /tmp", () => [run(0, "/tmp/build/a.out", "a.out")]),
    story("the system's own, in /tmp", () => [
      run(0, "/tmp/apt.conf.x/script", "script", { user: "root", unit: "apt-daily.service" }),
    ]),
    story("a program of the system under the service's account", () => [
      run(0, "/usr/bin/id", "id", { user: "ollama" }),
    ]),
    story("a program whose arguments name /tmp", () => [run(0, "/usr/bin/ls", "ls /tmp", { user: "ollama" })]),
    story("a folder whose name begins alike", () => [run(0, "/tmpfs/bin/tool", "tool", { user: "ollama" })]),
    story("an account whose name begins alike", () => [run(0, "/tmp/x", "x", { user: "ollama2" })]),
    story("an installer under an administrator's account", () => [
      run(0, String.raw`C:\Users\alice\AppData\Local\Temp\OllamaSetup.exe`, "OllamaSetup.exe", { product: "sysmon" }),
    ]),
    story("a file of the service's home", () => [run(0, "/usr/share/ollama/bin/tool", "tool", { user: "ollama" })]),
  ],
};
