import { absent, all, any, contains, ends, is, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { OLLAMA_PROGRAM, RUNNER_PROGRAM, STARTED_BY_SERVER } from "./conditions.ts";
import { EXPERIMENTAL_1 } from "./lifecycle.ts";
import { LOOK_FOR_TRACES, REBUILD, ROTATE_SECRETS, STOP_SERVER } from "./measures.ts";
import { child, run, story } from "./story.ts";

const ADOPTED = {
  parentExecutable: "/usr/lib/systemd/systemd",
  parentCommandLine: "/sbin/init",
  user: "ollama",
  unit: "ollama.service",
} as const;

/** The cgroup keeps what a second fork hides from the parent's number. */
export const SERVICE_RUNS_FOREIGN_PROGRAM: Detection = {
  id: "service-runs-foreign-program",
  uuid: "1f4f0495-c334-4406-b3fa-3098ea4cf2f6",
  title: "A program that is not Ollama's ran in its unit or under its account",
  hypothesis:
    "A child that forks twice is adopted by the service manager and no longer looks like the server's; its unit or cgroup stays `ollama.service`, and its account `ollama`. Nothing but Ollama's own programs belongs there.",
  severity: "medium",
  ...EXPERIMENTAL_1,
  selections: {
    foreign: {
      class: "process",
      where: all(
        any(
          contains("unit", "ollama.service"),
          all(is("user", "ollama"), not(absent("parentExecutable")), not(contains("unit", "session-"))),
        ),
        not(STARTED_BY_SERVER),
        not(OLLAMA_PROGRAM),
        not(RUNNER_PROGRAM),
        not(ends("executable", "/llama-quantize")),
      ),
    },
  },
  correlation: { kind: "each", of: "foreign", by: ["observer", "executable"], withinSeconds: 3_600 },
  falsePositives: [
    "`sudo -u ollama` by an administrator, where the log names no login.",
    "Programs of ExecStartPre, ExecStartPost or ExecStop in a unit of one's own.",
    "`systemd-executor` and `systemctl`, at the moment in which the service manager starts the unit.",
  ],
  blindTo: ["Sources that tell neither unit nor account.", "A program that left the cgroup by means of root."],
  ids: { attack: ["T1059"], attackBefore: [], atlas: ["AML.T0112"], owaspLlm: ["LLM05:2025"] },
  references: [],
  whatNow: {
    confirm: [
      "Show what the unit runs now: `systemctl status ollama` or `cat /sys/fs/cgroup/system.slice/ollama.service/cgroup.procs`.",
      "Show what it is meant to run: `systemctl cat ollama | grep Exec`.",
    ],
    contain: [STOP_SERVER],
    recover: [LOOK_FOR_TRACES, ROTATE_SECRETS, REBUILD],
  },
  fires: [
    story("below the launch of an agent, in the unit", () => [
      run(0, "/usr/bin/git", "git clone", {
        ...ADOPTED,
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama launch claude",
      }),
    ]),
    story("below the chat of the same binary, in the unit, its prompt about the server", () => [
      run(0, "/usr/bin/id", "id", {
        ...ADOPTED,
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat what does ollama serve do",
      }),
    ]),
    story("what a shell of the account starts, in a log without units", () => [
      run(0, "/usr/bin/tr", "tr a b", {
        user: "ollama",
        parentExecutable: "/usr/bin/dash",
        parentCommandLine: "sh -c id",
      }),
    ]),
    story("below a shell that started the server", () => [
      run(0, "/usr/bin/id", "id", { ...ADOPTED, parentExecutable: "/bin/sh", parentCommandLine: "sh -c ollama serve" }),
    ]),
    story("below the command line of the same binary, in the unit", () => [
      run(0, "/usr/bin/id", "id", {
        ...ADOPTED,
        parentExecutable: "/usr/local/bin/ollama",
        parentCommandLine: "ollama run example-chat",
      }),
    ]),
    story("an adopted shell", () => [run(0, "/bin/sh", "sh -c sleep", ADOPTED)]),
    story("an adopted program from the temporary folder", () => [run(0, "/tmp/.x/kworker", "kworker", ADOPTED)]),
    story("a program below a shell of the unit", () => [
      run(0, "/usr/bin/id", "id", { ...ADOPTED, parentExecutable: "/bin/sh", parentCommandLine: "sh" }),
    ]),
    story("a cgroup named in full", () => [
      run(0, "/usr/bin/python3", "python3 -", { ...ADOPTED, unit: "/system.slice/ollama.service" }),
    ]),
    story("no parent told", () => [
      run(0, "/usr/bin/crontab", "crontab -", { ...ADOPTED, parentExecutable: null, parentCommandLine: null }),
    ]),
  ],
  silent: [
    story("a child of the server, which the row names without a path", () => [
      child(0, "/bin/sh", "sh", {
        parentExecutable: "ollama",
        parentCommandLine: "ollama serve",
        unit: "ollama.service",
      }),
    ]),
    story("under the account, the parent and unit not told: see `unexpected-child`", () => [
      run(0, "/usr/bin/id", "id", { user: "ollama", parentExecutable: null, parentCommandLine: null }),
    ]),
    story("the server", () => [run(0, "/usr/local/bin/ollama", "/usr/local/bin/ollama serve", ADOPTED)]),
    story("the server from another folder", () => [run(0, "/usr/bin/ollama", "/usr/bin/ollama serve", ADOPTED)]),
    story("an adopted runner", () => [
      run(0, "/usr/local/lib/ollama/llama-server", "llama-server --port 40111", ADOPTED),
    ]),
    story("an adopted runner of older versions", () => [
      run(0, "/tmp/ollama77/runners/cpu/ollama_llama_server", "ollama_llama_server", ADOPTED),
    ]),
    story("quantizing", () => [run(0, "/usr/local/lib/ollama/llama-quantize", "llama-quantize a b Q4_K_M", ADOPTED)]),
    story("a child of the server, which has its own detection", () => [
      child(0, "/bin/sh", "sh", { unit: "ollama.service" }),
    ]),
    story("another unit", () => [run(0, "/bin/sh", "sh", { ...ADOPTED, unit: "cron.service", user: "root" })]),
    story("a unit whose name begins alike", () => [
      run(0, "/bin/sh", "sh", { ...ADOPTED, unit: "ollama-exporter.service", user: "root" }),
    ]),
    story("a login's scope", () => [run(0, "/usr/bin/id", "id", { unit: "session-3.scope" })]),
    story("no unit told", () => [run(0, "/usr/bin/id", "id")]),
    story("the account of the service, in a login", () => [
      run(0, "/usr/bin/id", "id", { user: "ollama", unit: "session-3.scope" }),
    ]),
  ],
};
