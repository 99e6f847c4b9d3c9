import { all, any, contains, ends, not } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { STABLE_1 } from "./lifecycle.ts";
import { BIND_LOOPBACK, PUT_GATEWAY, SHOW_LISTENERS } from "./measures.ts";
import { REFERENCES } from "./references.ts";
import { run, story } from "./story.ts";

/** Who opens a server does it by a command. */
export const HOST_SET_BY_COMMAND: Detection = {
  id: "host-set-by-command",
  uuid: "318da85d-957f-4628-b321-9959f59ed8e0",
  title: "Somebody set Ollama's host to every address by a command",
  hypothesis:
    "To open a server somebody writes OLLAMA_HOST with the wildcard: into the environment of a shell, with setx, launchctl or systemctl. The command line says who and when, before the restart makes it true.",
  severity: "medium",
  ...STABLE_1,
  selections: {
    set: {
      class: "process",
      where: all(
        contains("commandLine", "OLLAMA_HOST"),
        any(
          contains("commandLine", "0.0.0.0", "[::]", "=:: ", " :: ", "'::'", '"::"', "=::'", '=::"'),
          ends("commandLine", "=::", " ::"),
        ),
        not(
          ends(
            "executable",
            "/docker",
            "/podman",
            "/nerdctl",
            "\\docker.exe",
            "/grep",
            "/rg",
            "/egrep",
            "\\findstr.exe",
          ),
        ),
      ),
    },
  },
  correlation: { kind: "each", of: "set", by: ["observer", "user"], withinSeconds: 3_600 },
  falsePositives: [
    "Set-up tools of a machine that is meant to serve its network.",
    "The variable as a client's setting: then it names the server that is asked.",
  ],
  blindTo: ["Files edited by hand, the desktop app's switch, and shells that set it without starting a program."],
  ids: { attack: ["T1133"], attackBefore: [], atlas: ["AML.T0049"], owaspLlm: ["LLM10:2025"] },
  references: [REFERENCES.ollamaFaq],
  whatNow: {
    confirm: [
      "Ask the account that the row names, and show what the service has now: `systemctl show ollama -p Environment` or `launchctl getenv OLLAMA_HOST`.",
      SHOW_LISTENERS,
    ],
    contain: [BIND_LOOPBACK],
    recover: [PUT_GATEWAY],
  },
  fires: [
    story("every address by an empty one", () => [run(0, "/bin/launchctl", "launchctl setenv OLLAMA_HOST=::")]),
    story("every address of IPv6, a word of its own at the end", () => [
      run(0, "/bin/launchctl", "launchctl setenv OLLAMA_HOST ::"),
    ]),
    story("a shell's one line", () => [run(0, "/usr/bin/bash", "bash -c OLLAMA_HOST=0.0.0.0 ollama serve")]),
    story("env", () => [run(0, "/usr/bin/env", "env OLLAMA_HOST=0.0.0.0:11434 ollama serve")]),
    story("Windows", () => [
      run(0, String.raw`C:\Windows\System32\setx.exe`, "setx OLLAMA_HOST 0.0.0.0 /M", { product: "sysmon" }),
    ]),
    story("Windows, every address of IPv6", () => [
      run(0, String.raw`C:\Windows\System32\setx.exe`, "setx OLLAMA_HOST :: /M", { product: "sysmon" }),
    ]),
    story("macOS", () => [run(0, "/bin/launchctl", 'launchctl setenv OLLAMA_HOST "0.0.0.0:8080"')]),
    story("systemd", () => [run(0, "/usr/bin/systemctl", "systemctl set-environment OLLAMA_HOST=[::]:11434")]),
    story("PowerShell", () => [
      run(
        0,
        String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
        "powershell -c \"[Environment]::SetEnvironmentVariable('OLLAMA_HOST','0.0.0.0','Machine')\"",
        { product: "sysmon" },
      ),
    ]),
  ],
  silent: [
    story("loopback", () => [run(0, "/usr/bin/env", "env OLLAMA_HOST=127.0.0.1:11434 ollama serve")]),
    story("IPv6 loopback", () => [run(0, "/usr/bin/env", "env OLLAMA_HOST=[::1]:11434 ollama serve")]),
    story("IPv6 loopback without brackets", () => [run(0, "/bin/launchctl", "launchctl setenv OLLAMA_HOST=::1")]),
    story("IPv6 loopback as a word of its own", () => [
      run(0, String.raw`C:\Windows\System32\setx.exe`, "setx OLLAMA_HOST ::1", { product: "sysmon" }),
    ]),
    story("a client of a server elsewhere", () => [
      run(0, "/usr/bin/env", "env OLLAMA_HOST=192.168.1.5:11434 ollama run example-chat"),
    ]),
    story("taken away", () => [run(0, "/bin/launchctl", "launchctl unsetenv OLLAMA_HOST")]),
    story("shown", () => [run(0, "/bin/launchctl", "launchctl getenv OLLAMA_HOST")]),
    story("searched", () => [run(0, "/usr/bin/grep", "grep -r OLLAMA_HOST=0.0.0.0 /etc/systemd")]),
    story("searched on Windows", () => [
      run(0, String.raw`C:\Windows\System32\findstr.exe`, "findstr OLLAMA_HOST=0.0.0.0 env.txt", { product: "sysmon" }),
    ]),
    story("inside of a container, where it must be so", () => [
      run(0, "/usr/bin/docker", "docker run -e OLLAMA_HOST=0.0.0.0 -p 127.0.0.1:11434:11434 ollama/ollama"),
    ]),
    story("the wildcard of another server", () => [
      run(0, "/usr/bin/python3", "python3 -m http.server --bind 0.0.0.0"),
    ]),
    story("other settings of Ollama", () => [
      run(0, "/usr/bin/env", "env OLLAMA_MODELS=/srv/models OLLAMA_NUM_PARALLEL=4 ollama serve"),
    ]),
    story("the server started without any setting", () => [run(0, "/usr/local/bin/ollama", "ollama serve")]),
  ],
};
